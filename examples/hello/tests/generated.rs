//! What `#[charm]` makes of this charm, as a file to read: `generated/lib.rs`. It is compiled, too.

#[test]
fn generated_code_is_as_recorded() {
    charm_derive_tests::Charm::new(env!("CARGO_MANIFEST_DIR"))
        .snapshot("src/lib.rs", "tests/generated/lib.rs")
        .check();
}
