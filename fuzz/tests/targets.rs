//! Every property over its seeds, and over some thousand changes of them: what the fuzzer does for longer.

use agora_token_fuzz::{TARGETS, seeds};

#[test]
fn every_property_holds_for_its_seeds_and_their_changes() {
    for target in TARGETS {
        let seeds = seeds(target.name);
        assert!(!seeds.is_empty(), "{}", target.name);
        seeds.iter().for_each(|seed| (target.run)(seed));
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        for _ in 0..2000 {
            let mut data = seeds[random.below(seeds.len())].clone();
            for _ in 0..=random.below(4) {
                change(&mut data, &seeds, &mut random);
            }
            (target.run)(&data);
        }
    }
}

/// As a fuzzer changes bytes: one of them, some out, some in, or the end of another.
fn change(data: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let at = random.below(data.len() + 1);
    match random.below(5) {
        0 if at < data.len() => data[at] = random.byte(),
        1 if at < data.len() => data[at] ^= 1 << random.below(8),
        2 => data.truncate(at),
        3 => {
            let byte = random.byte();
            data.insert(at, byte);
        }
        _ => {
            let other = &seeds[random.below(seeds.len())];
            data.truncate(at);
            data.extend(&other[random.below(other.len() + 1)..]);
        }
    }
}

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap_or_default()
    }
}
