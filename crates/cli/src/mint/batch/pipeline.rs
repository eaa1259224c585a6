//! Reads, mints on every core and writes at the same time, in order and in bounded memory.

use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc;
use std::thread;

use super::blocks::Block;
use crate::failure::Failure;

/// Starts a thread for each core, of which a container may allow too few: before anything is written.
pub(super) fn start() -> Result<(), Failure> {
    rayon::ThreadPoolBuilder::new().build_global().map_err(|error| no_threads(&io::Error::other(error)))
}

fn no_threads(error: &io::Error) -> Failure {
    Failure::io("cannot start a thread", error)
}

/// `fill` reads the next block and says whether there was one, `work` mints its rows, `take` writes them and says
/// whether to go on. The first failure ends everything, after the blocks before it were written.
///
/// What is read waits in a queue for its block to be done: its length bounds the memory, and its order is
/// kept. Blocks are used again, since fresh memory costs more than what is written to it.
pub(super) fn run(
    mut fill: impl FnMut(&mut Block) -> Result<bool, Failure> + Send,
    work: impl Fn(&mut Block) -> Result<(), Failure> + Sync,
    mut take: impl FnMut(&Block) -> Result<ControlFlow<()>, Failure>,
) -> Result<(), Failure> {
    let work = &work;
    rayon::in_place_scope(|workers| {
        thread::scope(|scope| {
            let (queue, in_order) = mpsc::sync_channel(2 * rayon::current_num_threads());
            let (give_back, spare) = mpsc::channel();
            let read = move || {
                loop {
                    let mut block: Block = spare.try_recv().unwrap_or_default();
                    let (give, done) = mpsc::sync_channel(1);
                    // Nobody takes it any more when the writer has ended.
                    match fill(&mut block) {
                        Ok(false) => break,
                        Ok(true) => workers.spawn(move |_| drop(give.send(work(&mut block).map(|()| block)))),
                        Err(failure) => drop(give.send(Err(failure))),
                    }
                    if queue.send(done).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new().spawn_scoped(scope, read).map_err(|error| no_threads(&error))?;
            for done in in_order {
                // A worker that panicked gives nothing, and the scope goes on with its panic.
                let Ok(done) = done.recv() else { break };
                let block = done?;
                if take(&block)?.is_break() {
                    break;
                }
                let _ = give_back.send(block);
            }
            Ok(())
        })
    })
}
