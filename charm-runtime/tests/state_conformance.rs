//! What every store promises, asked of each alike.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod state_support;

use std::collections::BTreeMap;

use charm_runtime::state::{Batch, MemoryStore, StateStore};
use state_support::CharmDir;

/// Runs a test on a fresh store of each kind.
fn on_each_store(test: impl Fn(&mut dyn StateStore)) {
    test(&mut MemoryStore::new());
    test(&mut CharmDir::new().open());
}

fn put(store: &mut dyn StateStore, records: &[(&str, &str)]) {
    let mut batch = Batch::new();
    for (key, value) in records {
        batch.put(*key, *value);
    }
    store.commit(batch).unwrap();
}

fn keys(store: &dyn StateStore, prefix: &[u8]) -> Vec<String> {
    store.scan(prefix).unwrap().into_iter().map(|(key, _)| String::from_utf8(key).unwrap()).collect()
}

#[test]
fn new_store_is_empty() {
    on_each_store(|store| {
        assert_eq!(store.get(b"key").unwrap(), None);
        assert_eq!(store.scan(b"").unwrap(), []);
    });
}

#[test]
fn committed_values_are_read_back() {
    on_each_store(|store| {
        put(store, &[("a", "1"), ("b", ""), ("", "no key")]);
        assert_eq!(store.get(b"a").unwrap().unwrap(), b"1");
        assert_eq!(store.get(b"b").unwrap().unwrap(), b"", "an empty value is a value");
        assert_eq!(store.get(b"").unwrap().unwrap(), b"no key");
        assert_eq!(store.get(b"ab").unwrap(), None);
    });
}

#[test]
fn later_commits_replace_and_delete() {
    on_each_store(|store| {
        put(store, &[("a", "1"), ("b", "1"), ("c", "1")]);
        let mut batch = Batch::new();
        batch.put("b", "2");
        batch.delete("c");
        batch.delete("never there");
        store.commit(batch).unwrap();
        assert_eq!(store.get(b"a").unwrap().unwrap(), b"1");
        assert_eq!(store.get(b"b").unwrap().unwrap(), b"2");
        assert_eq!(store.get(b"c").unwrap(), None);
        assert_eq!(keys(store, b""), ["a", "b"]);
    });
}

#[test]
fn last_word_on_a_key_in_one_batch_counts() {
    on_each_store(|store| {
        let mut batch = Batch::new();
        batch.put("a", "1");
        batch.delete("a");
        batch.delete("b");
        batch.put("b", "1");
        batch.put("b", "2");
        assert_eq!(batch.iter().count(), 2);
        store.commit(batch).unwrap();
        assert_eq!(store.get(b"a").unwrap(), None);
        assert_eq!(store.get(b"b").unwrap().unwrap(), b"2");
    });
}

#[test]
fn scan_gives_the_prefix_in_order_and_nothing_else() {
    on_each_store(|store| {
        put(store, &[("q/2", ""), ("q/10", ""), ("q", ""), ("p/9", ""), ("r", ""), ("q/1", ""), ("q0", "")]);
        assert_eq!(keys(store, b"q/"), ["q/1", "q/10", "q/2"]);
        assert_eq!(keys(store, b""), ["p/9", "q", "q/1", "q/10", "q/2", "q0", "r"]);
        assert_eq!(keys(store, b"s"), [""; 0]);
    });
}

#[test]
fn keys_and_values_are_bytes() {
    on_each_store(|store| {
        let mut batch = Batch::new();
        batch.put([0xff, 0x00], [0x00, 0xff]);
        batch.put([0xff, 0xff], [1]);
        store.commit(batch).unwrap();
        assert_eq!(store.get(&[0xff, 0x00]).unwrap().unwrap(), [0x00, 0xff]);
        assert_eq!(
            store.scan(&[0xff]).unwrap().len(),
            2,
            "no key is above 0xff…, so the range has no upper end"
        );
    });
}

#[test]
fn stores_own_keys_are_refused_and_invisible() {
    on_each_store(|store| {
        let mut batch = Batch::new();
        batch.put("a", "1");
        batch.put("\0seq", "99");
        let refused = store.commit(batch).unwrap_err().to_string();
        assert!(refused.contains("zero byte"), "{refused}");
        assert_eq!(store.get(b"a").unwrap(), None, "nothing of a refused batch is kept");
        assert_eq!(store.get(b"\0seq").unwrap(), None);
        assert_eq!(store.scan(b"\0").unwrap(), []);
        put(store, &[("a", "2")]);
        assert_eq!(keys(store, b""), ["a"], "a refused batch leaves the store usable");
    });
}

#[test]
fn values_of_any_size_are_kept() {
    on_each_store(|store| {
        for size in [0_usize, 1, 900, 4_000, 4_096, 16_384, 65_536, 1_000_000] {
            let value = vec![u8::try_from(size % 251).unwrap(); size];
            let mut batch = Batch::new();
            batch.put(format!("{size:07}"), value.clone());
            store.commit(batch).unwrap();
            assert_eq!(store.get(format!("{size:07}").as_bytes()).unwrap().unwrap(), value);
        }
        assert_eq!(store.scan(b"").unwrap().len(), 8);
    });
}

#[test]
fn debug_shows_no_value() {
    let mut batch = Batch::new();
    batch.put("password", "hunter2");
    let mut store = MemoryStore::new();
    store.commit(batch.clone()).unwrap();
    for shown in [format!("{batch:?}"), format!("{store:?}")] {
        assert!(shown.contains("password") && !shown.contains("hunter2"), "{shown}");
    }
}

/// Numbers that look random and are the same in every run (a linear congruential generator, Knuth's constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn long_histories_agree_with_a_map_over_reopenings() {
    let charm = CharmDir::new();
    let mut memory = MemoryStore::new();
    let mut model = BTreeMap::new();
    let mut numbers = Numbers(7);
    for _ in 0..30 {
        let mut store = charm.open();
        for _ in 0..numbers.below(5) {
            let mut batch = Batch::new();
            for _ in 0..numbers.below(40) {
                let key = format!("k{}", numbers.below(60)).into_bytes();
                if numbers.below(3) == 0 {
                    batch.delete(key.clone());
                    model.remove(&key);
                } else {
                    let size = if numbers.below(20) == 0 {
                        20_000
                    } else {
                        usize::try_from(numbers.below(300)).unwrap()
                    };
                    let value = vec![u8::try_from(numbers.below(256)).unwrap(); size];
                    batch.put(key.clone(), value.clone());
                    model.insert(key, value);
                }
            }
            memory.commit(batch.clone()).unwrap();
            store.commit(batch).unwrap();
        }
        let expected: Vec<_> = model.clone().into_iter().collect();
        assert_eq!(store.scan(b"").unwrap(), expected);
        assert_eq!(memory.scan(b"").unwrap(), expected);
    }
    assert!(model.len() > 10, "the history must have left something to compare");
}
