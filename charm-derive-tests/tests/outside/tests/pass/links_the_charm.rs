//! A program that links the charm.

fn main() {
    assert_eq!(<outside::Outside as juju::Charm>::NAME, "outside");
}
