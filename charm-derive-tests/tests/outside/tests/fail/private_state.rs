//! What is stored is nobody else's.

fn main() {
    let charm = outside::Outside::default();
    let _ = charm.started;
}
