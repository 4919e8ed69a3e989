//! The least that a Rust program can do: what every dispatch is measured against.

fn main() {}
