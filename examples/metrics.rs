//! Takes the advance widths out of the four styles of a typeface and prints them as the code of `src/pages/metrics/*.rs`.
//!
//! `cargo run --example metrics -- NAME REGULAR.ttf BOLD.ttf ITALIC.ttf BOLD-ITALIC.ttf > src/pages/metrics/NAME.rs`

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, clippy::indexing_slicing, reason = "a program of the workshop, not of its users")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::{env, fs};

use ttf_parser::gsub::SubstitutionSubtable;
use ttf_parser::{Face, GlyphId, Tag};

/// Characters of the scripts and signs that a brief may hold; the rest has a width by its kind.
const WANTED: [std::ops::Range<u32>; 5] = [0x20..0x250, 0x370..0x530, 0x1E00..0x1F00, 0x2000..0x2300, 0xFB00..0xFB07];
/// Gaps up to this length are filled, so that there are few ranges.
const GAP: u32 = 40;
/// Both typefaces are drawn on this square.
const UNITS: u16 = 2048;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [name, files @ ..] = arguments.as_slice() else {
        eprintln!("usage: metrics NAME REGULAR.ttf BOLD.ttf ITALIC.ttf BOLD-ITALIC.ttf");
        return ExitCode::from(2);
    };
    let bytes: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).expect("a font file can be read")).collect();
    let faces: Vec<Face<'_>> = bytes.iter().map(|bytes| Face::parse(bytes, 0).expect("a font file is a font")).collect();
    assert!(faces.len() == 4 && faces.iter().all(|face| face.units_per_em() == UNITS), "four styles on a square of {UNITS}");
    print_all(name, &faces);
    ExitCode::SUCCESS
}

fn print_all(name: &str, faces: &[Face<'_>]) {
    let known: BTreeSet<u32> = WANTED.into_iter().flatten().filter(|&code| glyph(&faces[0], code).is_some()).collect();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for code in known {
        match ranges.last_mut() {
            Some((_, end)) if code - *end <= GAP => *end = code + 1,
            _ => ranges.push((code, code + 1)),
        }
    }
    let regular = &faces[0];
    let pitch = i32::from(regular.ascender()) - i32::from(regular.descender()) + i32::from(regular.line_gap());
    let below = regular.tables().os2.map_or(0, |os2| -i32::from(os2.windows_descender()));
    println!("//! The advance widths of {name}, in {UNITS}ths of an em. Printed by `examples/metrics.rs`; not written by hand.\n");
    println!("use super::Typeface;\n");
    println!("/// The typeface.\n#[rustfmt::skip]\npub(super) static TYPEFACE: Typeface = Typeface {{");
    println!("    pitch: {pitch},\n    below: {below},");
    let mut at = 0;
    let starts = ranges.iter().map(|(start, end)| {
        let range = format!("({start:#x}, {end:#x}, {at})");
        at += end - start;
        range
    });
    println!("    ranges: &[{}],", starts.collect::<Vec<_>>().join(", "));
    println!("    widths: [");
    for face in faces {
        let widths = ranges.iter().flat_map(|&(start, end)| start..end).map(|code| glyph(face, code).and_then(|glyph| face.glyph_hor_advance(glyph)));
        let widths: Vec<String> = widths.map(|width| width.unwrap_or(0).to_string()).collect();
        println!("        &[");
        for line in widths.chunks(28) {
            println!("            {},", line.join(", "));
        }
        println!("        ],");
    }
    println!("    ],\n    ligatures: [");
    for face in faces {
        let pairs: Vec<String> = ligatures(face).iter().map(|((first, second), wider)| format!("(b'{first}', b'{second}', {wider})")).collect();
        println!("        &[{}],", pairs.join(", "));
    }
    println!("    ],\n}};");
}

fn glyph(face: &Face<'_>, code: u32) -> Option<GlyphId> {
    face.glyph_index(char::from_u32(code)?)
}

/// Pairs of small letters that are drawn as one, and by how much that is wider than both.
fn ligatures(face: &Face<'_>) -> BTreeMap<(char, char), i32> {
    let letters: BTreeMap<u16, char> = ('a'..='z').filter_map(|letter| Some((face.glyph_index(letter)?.0, letter))).collect();
    let width = |glyph: GlyphId| face.glyph_hor_advance(glyph).map_or(0, i32::from);
    let mut pairs = BTreeMap::new();
    let Some(table) = face.tables().gsub else { return pairs };
    let features = table.features.into_iter().filter(|feature| feature.tag == Tag::from_bytes(b"liga"));
    let lookups: BTreeSet<u16> = features.flat_map(|feature| feature.lookup_indices).collect();
    for lookup in lookups.into_iter().filter_map(|at| table.lookups.get(at)) {
        for subtable in lookup.subtables.into_iter::<SubstitutionSubtable<'_>>() {
            let SubstitutionSubtable::Ligature(substitution) = subtable else { continue };
            for (&glyph, &first) in &letters {
                let Some(set) = substitution.coverage.get(GlyphId(glyph)).and_then(|at| substitution.ligature_sets.get(at)) else { continue };
                for ligature in set {
                    let mut rest = ligature.components.into_iter();
                    if let (Some(next), None) = (rest.next(), rest.next())
                        && let Some(&second) = letters.get(&next.0)
                    {
                        pairs.insert((first, second), width(ligature.glyph) - width(GlyphId(glyph)) - width(next));
                    }
                }
            }
        }
    }
    pairs.retain(|_, wider| *wider != 0);
    pairs
}
