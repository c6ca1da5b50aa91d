//! A day of the calendar, and the little arithmetic that deadlines need.
//!
//! Dates here are days of the Gregorian calendar without clock or time zone: a review is held on a day, a deadline ends with
//! one. This module knows nothing of reviews or of the words in which a date is written, beyond the two forms it prints.

use std::fmt;

/// A day that exists: no 31 June can be held in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // In this order the derived comparison is the one of the calendar.
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day with these numbers, if there is one. Years from 1 to 9999, as the written forms have four digits.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let exists = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=month_length(year, month)).contains(&day);
        exists.then_some(Date { year, month, day })
    }

    /// The day written as in `2029-06-30`.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.trim().split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The last day of a month, if there is such a month.
    pub fn end_of_month(year: u16, month: u8) -> Option<Date> {
        Date::new(year, month, month_length(year, month))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The same day so many months later. Where that month is too short it is the month's last day: six months after 31 August
    /// is 28 or 29 February. Past the year 9999 it stays 31 December 9999.
    #[must_use]
    pub fn add_months(self, months: u32) -> Date {
        let since_year_zero = u64::from(self.year) * 12 + u64::from(self.month) - 1 + u64::from(months);
        let (year, month) = (since_year_zero / 12, since_year_zero % 12 + 1);
        match (u16::try_from(year), u8::try_from(month)) {
            (Ok(year @ ..=9999), Ok(month)) => Date { year, month, day: self.day.min(month_length(year, month)) },
            _ => Date::LAST,
        }
    }

    /// So many days later. Past the year 9999 it stays 31 December 9999.
    #[must_use]
    pub fn add_days(self, days: u32) -> Date {
        let mut date = self;
        let mut left = days;
        // Month by month: the durations of a brief are a few hundred days, so that a day count since an epoch would not pay.
        while date != Date::LAST {
            let rest = u32::from(month_length(date.year, date.month) - date.day);
            if left <= rest {
                return Date { day: date.day + left as u8, ..date };
            }
            left -= rest + 1;
            date = Date { day: 1, ..date }.add_months(1);
        }
        date
    }

    /// The day before. The first day of the year 1 has none and is its own.
    #[must_use]
    pub fn previous(self) -> Date {
        if self.day > 1 {
            return Date { day: self.day - 1, ..self };
        }
        let month = if self.month > 1 { Date::end_of_month(self.year, self.month - 1) } else { Date::end_of_month(self.year - 1, 12) };
        month.unwrap_or(self)
    }

    /// Days since the first day of the year 1, which was a Monday.
    fn number(self) -> u32 {
        let before = u32::from(self.year) - 1;
        let months = (1..self.month).map(|month| u32::from(month_length(self.year, month))).sum::<u32>();
        before * 365 + before / 4 - before / 100 + before / 400 + months + u32::from(self.day) - 1
    }

    /// Days from this day to a later one; none if it is earlier.
    pub fn days_until(self, later: Date) -> u32 {
        later.number().saturating_sub(self.number())
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        self.number() % 7 >= 5
    }

    /// The month, as in “June 2029”.
    pub fn month_in_words(self) -> String {
        let day = self.to_string();
        day.split_once(' ').map_or(day.as_str(), |(_, month)| month).to_owned()
    }

    /// The day as in `2029-06-30`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    const LAST: Date = Date { year: 9999, month: 12, day: 31 };
}

/// As in “30 June 2029”.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let name = NAMES.get(usize::from(self.month) - 1).copied().unwrap_or_default();
        write!(f, "{} {name} {}", self.day, self.year)
    }
}

fn month_length(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn only_days_that_exist_are_dates() {
        for text in ["2029-06-30", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(Date::parse(text).map(Date::iso).as_deref(), Some(text));
        }
        for text in [
            "2029-06-31",
            "2029-02-29",
            "2100-02-29",
            "2029-13-01",
            "2029-00-10",
            "2029-1-10",
            "2029-10",
            "0000-01-01",
            "+029-01-01",
            "",
            "2029-01-01-01",
            "２０２９-01-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_are_added_up_to_the_end_of_a_shorter_month() {
        for (from, months, to) in [
            ("2026-11-05", 54, "2031-05-05"),
            ("2026-08-31", 6, "2027-02-28"),
            ("2027-08-31", 6, "2028-02-29"),
            ("2028-02-29", 12, "2029-02-28"),
            ("2026-12-31", 0, "2026-12-31"),
            ("2026-12-31", 2, "2027-02-28"),
            ("9999-06-01", 7, "9999-12-31"),
            ("2026-01-01", u32::MAX, "9999-12-31"),
        ] {
            assert_eq!(date(from).add_months(months), date(to), "{from} + {months}");
        }
    }

    #[test]
    fn days_are_added_and_taken_across_months() {
        for (from, days, to) in
            [("2026-01-31", 1, "2026-02-01"), ("2028-02-28", 1, "2028-02-29"), ("2026-12-31", 365, "2027-12-31"), ("2026-11-05", 30, "2026-12-05")]
        {
            assert_eq!(date(from).add_days(days), date(to), "{from} + {days}");
        }
        for (from, to) in [("2029-01-01", "2028-12-31"), ("2028-03-01", "2028-02-29"), ("2029-06-30", "2029-06-29"), ("0001-01-01", "0001-01-01")] {
            assert_eq!(date(from).previous(), date(to), "{from}");
        }
        assert_eq!(date("9999-12-30").add_days(u32::MAX), date("9999-12-31"));
    }

    #[test]
    fn days_are_counted_and_weekends_known() {
        for (from, to, days) in
            [("2026-10-06", "2026-11-05", 30), ("2026-12-31", "2027-01-01", 1), ("2028-02-01", "2028-03-01", 29), ("2026-11-05", "2026-10-01", 0)]
        {
            assert_eq!(date(from).days_until(date(to)), days, "{from} to {to}");
        }
        for (day, weekend) in [("2026-11-05", false), ("2026-11-07", true), ("2026-11-08", true), ("2000-01-01", true), ("1900-01-01", false)] {
            assert_eq!(date(day).is_weekend(), weekend, "{day}");
        }
        assert_eq!(date("2029-06-30").month_in_words(), "June 2029");
    }

    #[test]
    fn dates_are_ordered_as_in_the_calendar_and_shown_with_the_name_of_the_month() {
        assert!(date("2028-12-31") < date("2029-01-01"));
        assert!(date("2029-01-31") < date("2029-02-01"));
        assert_eq!(date("2029-06-30").to_string(), "30 June 2029");
        assert_eq!(Date::end_of_month(2028, 2), Some(date("2028-02-29")));
        assert_eq!(Date::end_of_month(2028, 13), None);
    }
}
