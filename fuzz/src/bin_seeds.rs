//! Writes the seeds of every property into a folder of its own, and prints the names of the properties.

use std::path::PathBuf;

use agora_token_fuzz::{TARGETS, seeds};

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("a folder to write into"));
    for target in TARGETS {
        let corpus = folder.join(target.name);
        std::fs::create_dir_all(&corpus)?;
        for (index, seed) in seeds(target.name).iter().enumerate() {
            std::fs::write(corpus.join(format!("seed-{index:04}")), seed)?;
        }
        println!("{}", target.name);
    }
    Ok(())
}
