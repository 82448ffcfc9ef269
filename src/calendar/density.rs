//! How much is told of each century, for the strip at the head of the
//! timeline. No I/O.

use super::model::CenturyTold;
use crate::dates::Century;

/// So many centuries without articles stand in the strip one by one; more are
/// one gap.
const GAP: i64 = 12;

/// One place of the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bar {
    Told {
        century: Century,
        /// Articles, each once for each year in which it stands.
        entries: i64,
        /// From 1 to 100: the century with the most has 100.
        height: i64,
    },
    /// A century of which nothing is told.
    Silent,
    /// More of these than the strip has room for.
    Gap,
}

/// The bars from the first century to the last; `told` is in order of time.
pub(super) fn bars(told: &[CenturyTold]) -> Vec<Bar> {
    let most = told.iter().map(entries).max().unwrap_or(0).max(1);
    let mut bars = Vec::new();
    let mut last: Option<Century> = None;
    for one in told {
        let hundreds = |century: Century| century.last().astronomical().div_euclid(100);
        let silent = last.map_or(0, |last| hundreds(one.century) - hundreds(last) - 1);
        if silent > GAP {
            bars.push(Bar::Gap);
        } else {
            bars.extend((0..silent).map(|_| Bar::Silent));
        }
        let entries = entries(one);
        bars.push(Bar::Told {
            century: one.century,
            entries,
            height: (entries.saturating_mul(100) / most).max(4),
        });
        last = Some(one.century);
    }
    bars
}

/// What stands in a century and its decades and years.
fn entries(told: &CenturyTold) -> i64 {
    let decades = told.decades.iter().map(|decade| {
        let years: i64 = decade.years.iter().map(|(_, articles)| articles).sum();
        years + decade.yearless
    });
    decades.sum::<i64>() + told.yearless
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::queries::Told;
    use crate::calendar::model::by_century;

    #[test]
    fn the_fullest_century_is_the_highest_and_silence_has_its_room() {
        let told: Vec<Told> = [(-6_500_000, 1), (-43, 1), (150, 2), (250, 1), (1951, 50)]
            .map(|(year, articles)| Told {
                year,
                span: 1,
                articles,
            })
            .to_vec();
        let words: Vec<String> = bars(&by_century(&told))
            .iter()
            .map(|bar| match bar {
                Bar::Told {
                    century,
                    entries,
                    height,
                } => format!("{} {entries} {height}", century.slug()),
                Bar::Silent => "-".to_owned(),
                Bar::Gap => "...".to_owned(),
            })
            .collect();
        assert_eq!(
            words,
            [
                "65001st-bce 1 4",
                "...",
                "1st-bce 1 4",
                "-",
                "2nd 2 4",
                "3rd 1 4",
                "...",
                "20th 50 100"
            ]
        );
        assert!(bars(&[]).is_empty());
    }
}
