//! Texts that are no YAML, or that mean harm: always an answer, and soon.

use std::fmt::Write;

use charm_meta::{Bundle, Metadata, Problem, Split};

#[track_caller]
fn problems(text: &str) -> Vec<(usize, usize, String)> {
    let problems: Vec<Problem> = Metadata::parse(text).err().unwrap_or_default();
    problems.into_iter().map(|problem| (problem.line, problem.column, problem.message)).collect()
}

#[track_caller]
fn refuses(text: &str, line: usize, column: usize, words: &str) {
    let found = problems(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0, found[0].1), (line, column), "{found:?}");
    assert!(found[0].2.contains(words), "{words:?} is not in {:?}", found[0].2);
}

#[test]
fn broken_yaml_is_one_problem_in_its_place() {
    refuses("name: x\n  summary: s\n", 2, 10, "no YAML");
    refuses("name: [x\nsummary: s\n", 2, 8, "no YAML");
    refuses("name: [x\n", 1, 7, "unclosed");
    refuses("name: x\nsummary: \"s\n\n", 3, 1, "no YAML");
    refuses("a:\n\t- b\n", 2, 2, "tabs");
    refuses("name: *nobody\n", 1, 7, "no YAML");
    refuses("name: x\n---\nname: y\n", 2, 1, "second document");
    refuses("? [a]\n: b\n", 1, 3, "a key must be a text");
    refuses("<<: 3\nname: x\n", 1, 5, "can be merged");
}

#[test]
fn duplicate_keys_are_all_told() {
    let text = "name: x\nname: y\nrequires:\n  db: a\n  db: b\n";
    let found = problems(text);
    let places: Vec<_> = found.iter().map(|(line, column, _)| (*line, *column)).collect();
    assert_eq!(places, [(2, 1), (5, 3)]);
    assert!(found[1].2.contains("`db` stands twice"), "{found:?}");
}

#[test]
fn aliases_are_fine() {
    let text = "name: &n x\nsummary: *n\ndescription: *n\nrequires: {a: &e {interface: i}, b: *e}\n";
    assert_eq!(problems(text), []);
    // A complaint about what an alias stands for is made where it is used.
    refuses("name: x\nsummary: s\ndescription: &d 3\n", 3, 17, "in quotes");
    refuses("name: x\nsummary: s\ndescription: d\nparts: &p [1]\nterms: *p\n", 4, 12, "in quotes");
}

#[test]
fn an_alias_bomb_goes_off_harmlessly() {
    let mut text = "a: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let _ = writeln!(text, "b{level}: &a{level} [{}]", vec![format!("*a{}", level - 1); 9].join(", "));
    }
    let found = problems(&text);
    assert_eq!(found.len(), 1);
    assert!(found[0].2.contains("more than 100000 values"), "{found:?}");
}

#[test]
fn an_alias_inside_of_what_it_names() {
    refuses("name: &a [*a]\n", 1, 11, "inside of what it names");
}

#[test]
fn depth_is_bounded_with_and_without_aliases() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(Split::of(&format!("name: {}\n", nested(99))).is_ok());
    refuses(&format!("name: {}\n", nested(100)), 1, 106, "100 deep");
    assert_eq!(problems(&format!("name: {}\n", nested(100_000))).len(), 1);
    let mut text = format!("a: &a0 {}\n", nested(20));
    for level in 1..9 {
        let _ = writeln!(text, "b{level}: &a{level} {}*a{}{}", "[".repeat(20), level - 1, "]".repeat(20));
    }
    let found = problems(&text);
    assert!(found.len() == 1 && found[0].2.contains("100 deep"), "{found:?}");
}

const SAMPLE: &str = "\
name: web
summary: &s Serves pages.
description: |
  Many
  pages.
assumes: [juju >= 3.6, any-of: [k8s-api]]
requires:
  db: &db {interface: pg, limit: 1, scope: global}
  b: {<<: *db, interface: 'x'}
storage: {data: {type: filesystem, multiple: {range: 0-2}, minimum-size: 1G}}
resources: {i: {type: oci-image}}
containers: {web: {resource: i, mounts: [{storage: data, location: /x}], uid: 5}}
config: {options: {port: {type: int, default: 0x1F}, n: {type: float, default: 1.5}}}
actions: {go: {params: {x: {type: [string], enum: [\"a\\u00e9\", 10:30]}}, required: [x]}}
applications: {web: {charm: x, num_units: 1}}
relations: [[web:a, web:b]]
";

/// Nothing panics, and every complaint has words and a place that its excerpt can show.
fn survives(text: &str) {
    let found = [Metadata::parse(text).err(), Bundle::parse(text).err(), Split::of(text).err()];
    for problem in found.into_iter().flatten().flatten() {
        assert!(problem.line >= 1 && problem.column >= 1, "{problem} in {text:?}");
        assert!(!problem.message.is_empty());
        assert!(text.is_empty() || !problem.excerpt(text).is_empty(), "{problem} in {text:?}");
    }
}

#[test]
fn every_beginning_and_every_end_survives() {
    for (at, _) in SAMPLE.char_indices() {
        survives(&SAMPLE[..at]);
        survives(&SAMPLE[at..]);
    }
}

#[test]
fn every_small_change_survives() {
    let strange = [
        ":", "-", "[", "]", "{", "}", "&s", "*s", "*db", "'", "\"", "#", "|", ">", "%", "!!int", "\n", "\t",
        " ", "0", "~", "é", "\u{0}", "<<: ",
    ];
    for (place, (at, c)) in SAMPLE.char_indices().enumerate() {
        survives(&format!("{}{}", &SAMPLE[..at], &SAMPLE[at + c.len_utf8()..]));
        // Each place gets some of them, and all of them come around everywhere.
        for put in strange.iter().cycle().skip(place * 3 % strange.len()).take(3) {
            survives(&format!("{}{put}{}", &SAMPLE[..at], &SAMPLE[at..]));
        }
    }
}

#[test]
fn random_mixtures_survive() {
    // A fixed xorshift: the same mixtures in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap_or_default()
    };
    let pieces: Vec<&str> = SAMPLE.split_inclusive([' ', ':', '\n', ',', '{', '}', '[', ']']).collect();
    for _ in 0..1000 {
        let text: String = (0..next(60)).map(|_| pieces[next(pieces.len())]).collect();
        survives(&text);
    }
}
