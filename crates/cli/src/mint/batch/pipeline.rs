//! Reads, mints on every core and writes at the same time, in order and in bounded memory.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::mpsc;
use std::thread;

use super::blocks::Block;
use crate::failure::Failure;

/// More workers would wait for the one writer and only hold memory.
const MOST_WORKERS: usize = 16;

/// `fill` reads the next block and says whether there was one, `work` mints its rows, `take` writes them and says
/// whether to go on. The first failure ends everything, after the blocks before it were written.
///
/// A fixed number of blocks goes round, which bounds the memory; each worker gets every n-th, which keeps the order.
pub(super) fn run(
    mut fill: impl FnMut(&mut Block) -> Result<bool, Failure> + Send,
    work: impl Fn(&mut Block) -> Result<(), Failure> + Sync,
    mut take: impl FnMut(&Block) -> Result<ControlFlow<()>, Failure>,
) -> Result<(), Failure> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_WORKERS);
    let work = &work;
    thread::scope(|scope| {
        let (give_back, spare) = mpsc::channel();
        for _ in 0..2 * workers + 2 {
            let _ = give_back.send(Block::default());
        }
        let start_worker = |_| {
            let (give, jobs) = mpsc::channel::<Result<Block, Failure>>();
            let (finish, finished) = mpsc::channel();
            scope.spawn(move || {
                for job in jobs {
                    let done = job.and_then(|mut block| work(&mut block).map(|()| block));
                    if finish.send(done).is_err() {
                        break;
                    }
                }
            });
            (give, finished)
        };
        let (to_workers, from_workers): (Vec<_>, Vec<_>) = (0..workers).map(start_worker).unzip();
        scope.spawn(move || {
            for (mut block, worker) in spare.into_iter().zip(to_workers.iter().cycle()) {
                let job = match fill(&mut block) {
                    Ok(true) => Ok(block),
                    Ok(false) => break,
                    Err(failure) => Err(failure),
                };
                let is_last = job.is_err();
                if worker.send(job).is_err() || is_last {
                    break;
                }
            }
        });
        for worker in from_workers.iter().cycle() {
            // The reader came to the end, and all is written.
            let Ok(done) = worker.recv() else { break };
            let block = done?;
            if take(&block)?.is_break() {
                break;
            }
            // The reader may have ended.
            let _ = give_back.send(block);
        }
        Ok(())
    })
}
