//! The JSON Schemas hold for what they are about: shipped rules, sample configurations, what the program writes. And they hold nothing else.
//!
//! A validator for the few keywords that the schemas use; any other keyword fails, so that nothing is passed over.
//! `tests/schemas.py` asks another validator, which knows all of JSON Schema.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::Folder;
use serde_json::{Value, json};

/// What is wrong with a value, each with the way to it.
fn faults(root: &Value, schema: &Value, value: &Value, way: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        if *schema == json!(false) {
            found.push(format!("{way} must not be there"));
        }
        return;
    };
    let mut need = |holds: bool, what: &str| {
        if !holds {
            found.push(format!("{way}: {what} of {schema} does not hold for {value}"));
        }
    };
    for (keyword, rule) in keywords {
        match keyword.as_str() {
            // Words for people, and what is looked at below.
            "$schema" | "$defs" | "title" | "description" | "format" | "examples" | "$ref" | "items" | "properties" | "additionalProperties" => {}
            "type" => {
                let is = |name: &Value| match name.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    other => panic!("the type {other}"),
                };
                need(rule.as_array().map_or_else(|| is(rule), |names| names.iter().any(is)), keyword);
            }
            "enum" => need(rule.as_array().unwrap().contains(value), keyword),
            "minimum" => need(value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()), keyword),
            "maximum" => need(value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()), keyword),
            "required" => {
                need(value.as_object().is_none_or(|object| rule.as_array().unwrap().iter().all(|key| object.contains_key(key.as_str().unwrap()))), keyword);
            }
            "anyOf" => {
                let holds = |schema: &Value| {
                    let mut inner = Vec::new();
                    faults(root, schema, value, way, &mut inner);
                    inner.is_empty()
                };
                need(rule.as_array().unwrap().iter().any(holds), keyword);
            }
            other => panic!("this validator does not know {other}"),
        }
    }
    if let Some(name) = schema["$ref"].as_str() {
        faults(root, root.pointer(name.trim_start_matches('#')).unwrap(), value, way, found);
    }
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        faults(root, keywords.get("items").unwrap_or(&json!(true)), item, &format!("{way}[{at}]"), found);
    }
    for (key, item) in value.as_object().into_iter().flatten() {
        let own = keywords.get("properties").and_then(|properties| properties.get(key));
        faults(root, own.or(keywords.get("additionalProperties")).unwrap_or(&json!(true)), item, &format!("{way}.{key}"), found);
    }
}

fn schema(kind: &str) -> Value {
    let ran = Folder::new(&format!("schema-{kind}")).run(&["schema", kind]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let schema: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    schema
}

fn wrong(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    faults(schema, schema, value, "", &mut found);
    found
}

fn toml(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

fn below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.to_str().unwrap().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_shipped_rule_has_the_shape_of_a_rule() {
    let schema = schema("rules");
    let criteria = ["achievable", "brief", "measurable", "relevant", "safety", "specific", "time-bound", "tone"];
    let rules: Vec<PathBuf> = criteria.iter().flat_map(|folder| below(&format!("rules/{folder}"), ".toml")).collect();
    assert!(rules.len() >= 79, "{}", rules.len());
    for path in rules {
        assert_eq!(wrong(&schema, &toml(&fs::read_to_string(&path).unwrap())), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn what_is_no_rule_has_another_shape() {
    let schema = schema("rules");
    let good = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/brief/too-many-issues.toml")).unwrap();
    for (from, to) in [
        ("more-than = 4", "more-then = 4"),
        ("\"error\"", "\"eror\""),
        ("\"issues\"", "\"isues\""),
        ("title ", "titel "),
        ("says =", "said ="),
        ("4", "\"four\""),
    ] {
        let at = if from == "4" { good.replace("more-than = 4", "more-than = \"four\"") } else { good.replace(from, to) };
        assert!(at != good && !wrong(&schema, &toml(&at)).is_empty(), "{from}");
    }
}

#[test]
fn configurations_have_the_shape_of_a_configuration_exactly_if_the_program_takes_them() {
    let schema = schema("config");
    let samples = below("tests/config", ".toml").into_iter().filter(|path| !path.to_str().unwrap().contains("rules-of-ours"));
    let samples: Vec<PathBuf> = samples.collect();
    assert_eq!(samples.len(), 4);
    for path in samples {
        assert_eq!(wrong(&schema, &toml(&fs::read_to_string(&path).unwrap())), Vec::<String>::new(), "{}", path.display());
    }
    let tree = Folder::new("schema-and-program");
    for (text, is_right) in [
        ("", true),
        ("session = 53\nfail-on = \"never\"\nlanguage = \"fr\"", true),
        ("[page]\npaper = \"letter\"\nfont = \"times\"\nmargin-cm = 2\nline-spacing = 1.5", true),
        ("[rules]\ntone = \"off\"\n\"brief/too-long\" = { limit = 3, severity = \"advice\" }", true),
        ("[[overrides]]\npaths = [\"a\"]\n[overrides.page]\nsize-pt = 12\n[overrides.rules]\ntone = \"error\"", true),
        ("sesion = 53", false),
        ("session = \"53\"", false),
        ("session = 0", false),
        ("session = 70000", false),
        ("language = \"de\"", false),
        ("fail-on = \"eror\"", false),
        ("exclude = \"drafts\"", false),
        ("[page]\npapr = \"A4\"", false),
        ("[rules]\ntone = \"of\"", false),
        ("[rules]\ntone = { severty = \"off\" }", false),
        ("[rules]\n\"brief/too-long\" = { limit = -1 }", false),
        ("[[overrides]]\nsession = 3", false),
        ("[[overrides]]\npaths = [\"a\"]\nexclude = [\"b\"]", false),
    ] {
        tree.write("upr.toml", text);
        let ran = tree.run(&["config"]);
        assert_eq!((ran.code == 0, ran.err.is_empty()), (is_right, is_right), "{text}: {}", ran.err);
        assert_eq!(wrong(&schema, &toml(text)).is_empty(), is_right, "{text}: {:?}", wrong(&schema, &toml(text)));
    }
}

#[test]
fn what_the_program_writes_has_the_shape_that_it_promises() {
    let briefs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/briefs");
    let briefs = briefs.to_str().unwrap();
    let tree = Folder::new("schema-written");
    tree.write("upr.toml", "sesion = 53").write("brief.md", "# UPR of Zemland\n").write("mended/upr.toml", "");
    tree.write("mended/brief.md", "# UPR of Zemland\n\nText. <!-- upr-ignore tone: agreed -->\n\n## Recommendations\n\n- Ratify the Convention by 2028.\n");
    tree.write("same/upr.toml", "").write("known.json", "{\"version\":1,\"findings\":[]}");
    tree.write("same/brief.md", "# UPR of Zemland\n\nIt rejected recommendations.\n\n## Recommendations\n\n- Ratify the Convention by 2030.\n");
    for (kind, arguments) in [
        ("json", vec!["lint", "--format", "json", briefs]),
        ("json", vec!["lint", "--format", "json", "--statistics", "mended", "none.md"]),
        ("json", vec!["lint", "--format", "json", "brief.md", "mended"]),
        ("json", vec!["lint", "--format", "json", "--summary", "mended", "same"]),
        ("json", vec!["lint", "--format", "json", "--fix", "same"]),
        ("json", vec!["lint", "--format", "json", "--baseline", "known.json", "mended"]),
        ("outline", vec!["outline", "--format", "json", briefs]),
        ("pages", vec!["pages", "--format", "json", briefs]),
    ] {
        let schema = schema(kind);
        let ran = tree.run(&arguments);
        let mut written: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(wrong(&schema, &written), Vec::<String>::new(), "{arguments:?}");
        for (option, key) in [("--statistics", "statistics"), ("--summary", "across"), ("--fix", "fixes"), ("--baseline", "held_back")] {
            assert_eq!(arguments.contains(&option), written["summary"].get(key).is_some(), "{arguments:?}");
        }
        // A field that is missing or of another kind is seen.
        let list = if kind == "json" { "findings" } else { "briefs" };
        let first = written[list][0].as_object_mut().expect("something was found");
        let path = first.remove("path").unwrap();
        assert!(!wrong(&schema, &written).is_empty(), "{arguments:?}");
        written[list][0]["path"] = path;
        written["version"] = json!("1");
        assert!(!wrong(&schema, &written).is_empty(), "{arguments:?}");
    }
}
