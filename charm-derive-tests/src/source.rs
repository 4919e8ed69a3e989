//! A crate's source, with what `#[charm]` makes of it.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use charm_expand::Place;
use proc_macro2::LineColumn;
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Item, ItemMod, LitStr, Macro, Meta, parse_quote};

/// The code of the crate whose root is `source`, every `#[charm]` item expanded, as it stands in `snapshot`.
pub(crate) fn generated(package: &Path, source: &Path, snapshot: &Path) -> Result<String, String> {
    let crate_ = Crate { package, snapshot: snapshot.parent().unwrap_or(Path::new("")) };
    let mut file = parse(&package.join(source), source)?;
    let directory = source.parent().unwrap_or(Path::new("")).to_owned();
    file.items.retain(|item| !is_main(item));
    let module = Module { file: source.to_owned(), children: directory, is_inline: false };
    file.items = crate_.expand_all(file.items, &module)?;
    // A library's items, compiled as a program that does nothing; and the macros it imports have done their work.
    file.attrs.push(parse_quote!(#![allow(dead_code, unused_imports)]));
    file.items.push(parse_quote!(
        fn main() {}
    ));
    file.shebang = None;
    let header = format!(
        "// `{}` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.\n\n",
        source.display()
    );
    Ok(header + &spaced(&file))
}

fn parse(path: &Path, shown: &Path) -> Result<syn::File, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{} can't be read: {error}", shown.display()))?;
    syn::parse_file(&text).map_err(|error| {
        let LineColumn { line, column } = error.span().start();
        format!("{}:{line}:{}: {error}", shown.display(), column + 1)
    })
}

/// `fn main`, or `charm_runtime::main!(..)`.
fn is_main(item: &Item) -> bool {
    match item {
        Item::Fn(function) => function.sig.ident == "main",
        Item::Macro(call) => call.mac.path.segments.last().is_some_and(|last| last.ident == "main"),
        _ => false,
    }
}

struct Crate<'c> {
    package: &'c Path,
    /// The directory of the snapshot, from the package's.
    snapshot: &'c Path,
}

/// Where the code is from that is being expanded. Paths start at the package's directory.
struct Module {
    file: PathBuf,
    /// The directory in which the files of its modules are.
    children: PathBuf,
    /// Whether it stands in the file of another one.
    is_inline: bool,
}

impl Crate<'_> {
    fn expand_all(&self, items: Vec<Item>, module: &Module) -> Result<Vec<Item>, String> {
        let mut expanded = Vec::new();
        for mut item in items {
            if attributes(&mut item).is_some_and(|all| all.iter().any(is_cfg_test)) {
                continue;
            }
            match item {
                Item::Mod(child) => expanded.push(Item::Mod(self.expand_module(child, module)?)),
                item => expanded.extend(self.expand(item, module)?),
            }
        }
        Ok(expanded)
    }

    fn expand_module(&self, mut item: ItemMod, parent: &Module) -> Result<ItemMod, String> {
        let name = item.ident.to_string();
        let name = name.strip_prefix("r#").unwrap_or(&name);
        let written = item.attrs.iter().find_map(path_attribute);
        item.attrs.retain(|attribute| path_attribute(attribute).is_none());
        let (items, module) = match item.content.take() {
            Some((_, items)) => {
                let children = parent.children.join(written.as_deref().unwrap_or(name));
                (items, Module { file: parent.file.clone(), children, is_inline: true })
            }
            None => {
                let file = self.file_of(name, written.as_deref(), parent)?;
                let parsed = parse(&self.package.join(&file), &file)?;
                item.attrs.extend(parsed.attrs);
                let own = file.parent().unwrap_or(Path::new(""));
                let is_folder = written.is_some() || file.file_name() == Some("mod.rs".as_ref());
                let children = if is_folder { own.to_owned() } else { own.join(name) };
                (parsed.items, Module { file, children, is_inline: false })
            }
        };
        item.semi = None;
        item.content = Some((syn::token::Brace::default(), self.expand_all(items, &module)?));
        Ok(item)
    }

    /// The file of `mod name;`.
    fn file_of(&self, name: &str, written: Option<&str>, parent: &Module) -> Result<PathBuf, String> {
        if let Some(written) = written {
            let beside = parent.file.parent().unwrap_or(Path::new(""));
            return Ok(if parent.is_inline { &parent.children } else { beside }.join(written));
        }
        let files = [parent.children.join(format!("{name}.rs")), parent.children.join(name).join("mod.rs")];
        let found = files.iter().find(|file| self.package.join(file).is_file());
        found.cloned().ok_or_else(|| {
            format!(
                "{}: the file of `mod {name};` is not there: {}",
                parent.file.display(),
                files[0].display()
            )
        })
    }

    /// The item, or what its `#[charm]` makes of it.
    fn expand(&self, mut item: Item, module: &Module) -> Result<Vec<Item>, String> {
        let Some(attribute) = take_charm(&mut item) else {
            self.embed(&mut item, module);
            return Ok(vec![item]);
        };
        let options = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            _ => proc_macro2::TokenStream::new(),
        };
        let place = Place {
            manifest_dir: Some(self.package.to_owned()),
            source_file: Some(self.package.join(&module.file)),
        };
        // The compiler judges them before it expands; here they go on everything that comes of the item.
        let is_condition = |attribute: &mut Attribute| attribute.path().is_ident("cfg");
        let conditions: Vec<Attribute> =
            attributes(&mut item).map(|all| all.extract_if(.., is_condition).collect()).unwrap_or_default();
        let expansion = charm_expand::charm(options, quote::quote!(#item), &place);
        let complain = |error: &syn::Error| {
            // What has no place of its own is about the attribute.
            let span = if error.span().byte_range().is_empty() { attribute.span() } else { error.span() };
            let LineColumn { line, column } = span.start();
            format!("{}:{line}:{}: {error}", module.file.display(), column + 1)
        };
        if !expansion.errors.is_empty() {
            return Err(expansion.errors.iter().map(complain).collect::<Vec<_>>().join("\n"));
        }
        let file: syn::File = syn::parse2(expansion.tokens).map_err(|error| complain(&error))?;
        let mut items = file.items;
        for item in &mut items {
            if let Some(attributes) = attributes(item) {
                attributes.splice(0..0, conditions.iter().cloned());
            }
            self.embed(item, module);
        }
        Ok(items)
    }

    /// Makes paths of included files start at the snapshot.
    fn embed(&self, item: &mut Item, module: &Module) {
        let from = module.file.parent().unwrap_or(Path::new(""));
        Included { from, to: self.snapshot }.visit_item_mut(item);
    }
}

/// Rewrites the paths in `include_str!(..)` and its like from one directory to another.
struct Included<'i> {
    from: &'i Path,
    to: &'i Path,
}

impl VisitMut for Included<'_> {
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let includes = ["include", "include_str", "include_bytes"];
        let last = call.path.segments.last();
        if !last.is_some_and(|last| includes.iter().any(|include| last.ident == include)) {
            return;
        }
        // Something else than a literal, such as `concat!(env!("OUT_DIR"), ..)`, starts elsewhere.
        if let Ok(path) = call.parse_body::<LitStr>() {
            let path = LitStr::new(&relative(&self.from.join(path.value()), self.to), path.span());
            call.tokens = quote::quote!(#path);
        }
    }
}

/// The way from one directory to a file, both from the same start.
fn relative(file: &Path, from: &Path) -> String {
    if file.is_absolute() {
        return file.to_string_lossy().into_owned();
    }
    let (file, from) = (plain(file), plain(from));
    let shared = file.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(OsString::from(".."), from.len() - shared);
    let way: PathBuf = up.chain(file[shared..].iter().cloned()).collect();
    // Slashes, so that a snapshot is the same on all systems.
    way.to_string_lossy().replace('\\', "/")
}

/// The parts of a path, `a/../b` being `b`.
fn plain(path: &Path) -> Vec<OsString> {
    let mut parts: Vec<OsString> = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                parts.pop();
            }
            other => parts.push(other.as_os_str().to_owned()),
        }
    }
    parts
}

fn is_cfg_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
}

/// The path in `#[path = ".."]`.
fn path_attribute(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) = &pair.value else { return None };
    pair.path.is_ident("path").then(|| path.value())
}

/// Takes `#[charm]` off a struct or an impl block.
fn take_charm(item: &mut Item) -> Option<Attribute> {
    if !matches!(item, Item::Struct(_) | Item::Impl(_)) {
        return None;
    }
    let attributes = attributes(item)?;
    let is_charm =
        |attribute: &Attribute| attribute.path().segments.last().is_some_and(|last| last.ident == "charm");
    let index = attributes.iter().position(is_charm)?;
    Some(attributes.remove(index))
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Const(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::ExternCrate(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Macro(item) => Some(&mut item.attrs),
        Item::Mod(item) => Some(&mut item.attrs),
        Item::Static(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Trait(item) => Some(&mut item.attrs),
        Item::Type(item) => Some(&mut item.attrs),
        Item::Use(item) => Some(&mut item.attrs),
        _ => None,
    }
}

/// The code with empty lines between items, for reading.
fn spaced(file: &syn::File) -> String {
    let dense = prettyplease::unparse(file);
    let mut text = String::new();
    let mut lines = dense.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let Some(next) = lines.peek() else { break };
        let indent = |line: &str| line.len() - line.trim_start().len();
        let is_after = |starts: &[&str]| starts.iter().any(|start| next.trim_start().starts_with(start));
        let ends = matches!(line.trim_start(), "}" | "};")
            && is_after(&["#[", "///", "pub", "fn ", "impl ", "const ", "enum ", "mod ", "trait ", "use "]);
        let heads = line.starts_with("#![") && !is_after(&["#!["])
            || line.trim_start().starts_with("use ") && !is_after(&["use ", "}"]);
        if (ends || heads) && indent(line) == indent(next) {
            text.push('\n');
        }
    }
    // A line within a literal might look like the end of an item.
    let is_same = matches!((syn::parse_file(&text), syn::parse_file(&dense)), (Ok(a), Ok(b)) if a == b);
    if is_same { text } else { dense }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package of these files, and what is generated for its `src/lib.rs`.
    fn generated_for(name: &str, files: &[(&str, &str)]) -> Result<String, String> {
        let package = std::env::temp_dir().join(format!("charm-derive-tests-{name}-{}", std::process::id()));
        for (file, text) in files {
            let path = package.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let result = generated(&package, Path::new("src/lib.rs"), Path::new("tests/generated/lib.rs"));
        std::fs::remove_dir_all(&package).unwrap();
        result
    }

    const METADATA: (&str, &str) =
        ("charmcraft.yaml", "name: hello\nsummary: Greets.\ndescription: Greets whoever installs it.\n");

    #[test]
    fn modules_in_files_are_part_of_it() {
        let text = generated_for(
            "modules",
            &[
                METADATA,
                ("src/lib.rs", "#[charm]\npub struct Hello;\nmod outer;\n#[cfg(test)]\nmod nowhere;\n"),
                ("src/outer.rs", "mod inner;\nmod inline { mod deep; }\n#[path = \"odd.rs\"]\nmod other;\n"),
                ("src/outer/inner/mod.rs", "#[charm]\nimpl Hello {\n#[on(start)]\nfn start() {}\n}\n"),
                ("src/outer/inline/deep.rs", "const TEXT: &str = include_str!(\"../../../README.md\");\n"),
                ("src/odd.rs", "fn odd() {}\n"),
            ],
        )
        .unwrap();
        assert!(text.contains("id: \"start\""), "{text}");
        assert!(text.contains("fn odd() {}"), "{text}");
        // Both the generated and the written one start at the snapshot now.
        assert!(text.contains("include_str!(\"../../charmcraft.yaml\")"), "{text}");
        assert!(text.contains("include_str!(\"../../README.md\")"), "{text}");
        assert!(!text.contains("nowhere"), "{text}");
    }

    #[test]
    fn a_condition_is_one_of_all_that_is_generated() {
        let source = "#[charm]\npub struct Hello;\n#[cfg(unix)]\n#[charm]\nimpl Hello {\n#[on(start)]\nfn start() {}\n}\n";
        let text = generated_for("condition", &[METADATA, ("src/lib.rs", source)]).unwrap();
        assert_eq!(text.matches("#[cfg(unix)]").count(), 2, "{text}");
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        let source = "#[charm]\npub struct Hello;\n\n#[charm]\nimpl Hello {\n    #[on(instal)]\n    fn install() {}\n}\n";
        let error = generated_for("mistake", &[METADATA, ("src/lib.rs", source)]).unwrap_err();
        assert!(error.starts_with("src/lib.rs:6:10: Juju sends no event `instal`"), "{error}");

        let error =
            generated_for("nothing", &[("src/lib.rs", "\n#[charm]\npub struct Hello;\n")]).unwrap_err();
        assert!(error.starts_with("src/lib.rs:2:1: no charmcraft.yaml beside Cargo.toml"), "{error}");

        let error = generated_for("syntax", &[("src/lib.rs", "fn main( {}\n")]).unwrap_err();
        assert!(error.starts_with("src/lib.rs:1:"), "{error}");

        let error = generated_for("missing", &[("src/lib.rs", "mod gone;\n")]).unwrap_err();
        assert_eq!(error, "src/lib.rs: the file of `mod gone;` is not there: src/gone.rs");
    }
}
