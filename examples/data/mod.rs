//! The data that the programs of this folder measure with: tables of recommendations, and judgements of people as lines of JSON.

use std::fs;

use serde_json::Value;
use upr_lint::brief::review::ReviewDate;

/// The months of the sessions of the first years, of which the calendar of the rules knows nothing.
const MONTHS: [&str; 20] = [
    "2008-04", "2008-05", "2008-12", "2009-02", "2009-05", "2009-12", "2010-02", "2010-05", "2010-11", "2011-02", "2011-05", "2011-10", "2012-06", "2012-11",
    "2013-02", "2013-05", "2013-11", "2014-02", "2014-05", "2014-11",
];

/// A table of recommendations.
pub struct Table {
    headers: csv::StringRecord,
    /// Its rows.
    pub rows: Vec<csv::StringRecord>,
}

impl Table {
    pub fn read(file: &str) -> Table {
        let mut reader = csv::Reader::from_path(file).expect("the table can be read");
        let headers = reader.headers().expect("the table has a header").clone();
        Table { headers, rows: reader.records().map(|row| row.expect("a row can be read")).collect() }
    }

    /// The number of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.headers.iter().position(|header| header == name)
    }

    /// The recommendation of each row, and when the State was reviewed.
    pub fn recommendations(&self) -> impl Iterator<Item = (&str, Option<ReviewDate>)> {
        let (text, session) = (self.column("text").expect("a column of texts"), self.column("session"));
        self.rows.iter().map(move |row| {
            let session = session.and_then(|at| row.get(at)).and_then(|session| session.parse::<usize>().ok());
            let month = session.and_then(|session| MONTHS.get(session.checked_sub(1)?));
            (&row[text], month.and_then(|month| ReviewDate::parse(month)))
        })
    }
}

/// The lines of a JSONL file.
pub fn lines(file: &str) -> Vec<Value> {
    let text = fs::read_to_string(file).expect("the file can be read");
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// When the State of a judged recommendation was reviewed.
pub fn review(row: &Value) -> Option<ReviewDate> {
    row["review_month"].as_str().and_then(ReviewDate::parse)
}
