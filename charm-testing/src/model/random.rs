//! The model's only source of chance.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A small generator (SplitMix64), so that a seed means the same run on every machine and with every version of
/// every dependency.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A generator for what some parts say: the same parts in the same order make the same run.
    pub(crate) fn of<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut random = Self::new(0);
        for part in parts {
            // The length tells `ab`, `c` from `a`, `bc`.
            random.state ^= random.next() ^ part.len() as u64;
            for byte in part {
                random.state ^= random.next() ^ u64::from(*byte);
            }
        }
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which must not be 0. The bias of the remainder is of no matter for bounds this small.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or(0)
    }

    /// A duration of about this one, at most so many percent longer or shorter.
    pub(crate) fn around(&mut self, duration: Duration, percent: u32) -> Duration {
        let thousandth = duration / 100_000;
        let steps = self.below(percent as usize * 2_000 + 1);
        let shortest = duration.saturating_sub(thousandth * (percent * 1_000));
        shortest + thousandth * u32::try_from(steps).unwrap_or(0)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// 32 hexadecimal digits.
    pub(crate) fn hex(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }

    /// A version 4 UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let high = self.next();
        let low = self.next();
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | ((low >> 48) & 0x3fff),
            low & 0xffff_ffff_ffff
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn one_seed_is_one_sequence() {
        let (mut first, mut second, mut other) = (Random::new(7), Random::new(7), Random::new(8));
        let sequence: Vec<u64> = (0..4).map(|_| first.next()).collect();
        assert_eq!(sequence, (0..4).map(|_| second.next()).collect::<Vec<_>>());
        assert_ne!(sequence, (0..4).map(|_| other.next()).collect::<Vec<_>>());
    }

    #[test]
    fn parts_make_a_generator_of_their_own() {
        let of = |parts: &[&str]| Random::of(parts.iter().map(|part| part.as_bytes())).next();
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a"]), of(&["b"]));
        assert_ne!(of(&["a"]), of(&["a", ""]));
    }

    #[test]
    fn shuffling_loses_nothing() {
        let mut items: Vec<u32> = (0..20).collect();
        Random::new(1).shuffle(&mut items);
        assert_ne!(items, (0..20).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn a_uuid_has_its_form() {
        let uuid = Random::new(3).uuid();
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
    }
}
