//! The small part of YAML that front matter needs: keys with values, and lines that stand further to the right below them.
//!
//! ```yaml
//! upr:
//!   ignore: [time-bound/missing-deadline, tone]
//!   page: letter, 12 pt
//! ```

use std::ops::Range;

/// A key with what belongs to it. All places are bytes of the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Range<usize>,
    /// What stands behind it on its line, without a remark.
    pub value: Range<usize>,
    /// The lines below it that stand further to the right, or begin with a hyphen.
    pub below: Range<usize>,
}

/// The keys that stand as far to the left as the first one does.
pub fn entries(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut indent = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let own = line.trim_start();
        if own.is_empty() || own.starts_with('#') {
            continue;
        }
        let depth = line.len() - own.len();
        let indent = *indent.get_or_insert(depth);
        let colon = own.find(':').filter(|_| depth <= indent && !own.starts_with('-'));
        if let Some(colon) = colon {
            let key = trimmed(text, at + depth..at + depth + colon);
            let value = trimmed(text, at + depth + colon + 1..without_remark(text, at + depth + colon + 1..start).end);
            entries.push(Entry { key, value, below: start..start });
        } else if let Some(last) = entries.last_mut() {
            last.below.end = start;
        }
    }
    entries
}

/// The items of a list: `[a, b]` or `a, b` behind the key, or lines with a hyphen below it.
pub fn items(text: &str, entry: &Entry) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let lines = text.get(entry.below.clone()).unwrap_or_default().split_inclusive('\n').scan(entry.below.start, |start, line| {
        let at = *start;
        *start += line.len();
        Some(at..at + line.len())
    });
    for line in std::iter::once(entry.value.clone()).chain(lines) {
        let line = without_remark(text, line);
        let mut start = line.start;
        for part in text.get(line).unwrap_or_default().split(',') {
            let item = trimmed(text, start..start + part.len());
            start += part.len() + 1;
            if !item.is_empty() {
                items.push(item);
            }
        }
    }
    items
}

/// A line without the remark at its end.
fn without_remark(text: &str, line: Range<usize>) -> Range<usize> {
    let whole = text.get(line.clone()).unwrap_or_default();
    let end = if whole.trim_start().starts_with('#') { Some(0) } else { whole.find(" #") };
    line.start..end.map_or(line.end, |end| line.start + end)
}

/// A range without the spaces, brackets, hyphens of a list and quotation marks around it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = text.get(range.clone()).unwrap_or_default();
    let around = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '[' | ']');
    let left = whole.trim_start_matches(around);
    let left = left.strip_prefix("- ").unwrap_or(left).trim_start_matches(around);
    let start = range.end - left.len();
    start..start + left.trim_end_matches(around).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of a text with their items.
    fn read(text: &str) -> Vec<(&str, Vec<&str>)> {
        entries(text).iter().map(|entry| (&text[entry.key.clone()], items(text, entry).into_iter().map(|item| &text[item]).collect())).collect()
    }

    #[test]
    fn keys_have_values_behind_or_below_them() {
        let text = "state: Zemland # a remark\nupr:\n  ignore: [tone, \"brief/too-long\"]\n\n  page: letter\nlang: fr\n";
        let all = entries(text);
        let keys: Vec<&str> = all.iter().map(|entry| &text[entry.key.clone()]).collect();
        assert_eq!(keys, ["state", "upr", "lang"]);
        assert_eq!(&text[all[0].value.clone()], "Zemland");
        let below = &text[all[1].below.clone()];
        assert_eq!(read(below), [("ignore", vec!["tone", "brief/too-long"]), ("page", vec!["letter"])]);
    }

    #[test]
    fn a_list_has_one_item_on_each_line_or_commas() {
        assert_eq!(read("ignore:\n  - tone # why\n  - 'brief'\nx: 1"), [("ignore", vec!["tone", "brief"]), ("x", vec!["1"])]);
        assert_eq!(read("ignore:\n- tone\n- brief"), [("ignore", vec!["tone", "brief"])]);
        assert_eq!(read("ignore: tone"), [("ignore", vec!["tone"])]);
        assert_eq!(read("no key\n\n#x: y\n - z"), []);
    }
}
