//! The words that dates are made of, and those that tell a year from a count.

use crate::dates::month::MONTHS;
use jiff::civil::Weekday;
use std::collections::HashSet;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

/// The era of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Era {
    Bce,
    Ce,
}

/// A set of words in lower case.
pub(super) struct Words {
    /// All of them, with spaces between.
    words: &'static str,
    set: OnceLock<HashSet<&'static str, RandomState>>,
}

impl Words {
    const fn new(words: &'static str) -> Words {
        Words {
            words,
            set: OnceLock::new(),
        }
    }

    pub(super) fn have(&self, word: &str) -> bool {
        let set = self.set.get_or_init(|| self.words.split(' ').collect());
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return set.contains(word.to_ascii_lowercase().as_str());
        }
        set.contains(word)
    }
}

/// Whether a word is one of these, which are in lower case.
pub(super) fn is_one_of(word: &str, words: &[&str]) -> bool {
    !word.is_empty() && words.iter().any(|one| one.eq_ignore_ascii_case(word))
}

/// The month of a name with a capital: "January", "MAY", "Jan", "Sept". The
/// second value tells whether the name is cut short, so that a dot may follow.
pub(super) fn month(word: &str) -> Option<(u8, bool)> {
    // "Ju" is two months, and "Janu" none that anybody writes.
    if !(3..=9).contains(&word.len()) || !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let place = MONTHS.iter().position(|name| {
        name.eq_ignore_ascii_case(word)
            || (word.len() == 3 && name[..3].eq_ignore_ascii_case(word))
            || (*name == "September" && word.eq_ignore_ascii_case("sept"))
    })?;
    let cut = word.len() < MONTHS[place].len();
    Some((u8::try_from(place + 1).ok()?, cut))
}

/// The weekday of a name with a capital, and whether it is cut short.
pub(super) fn weekday(word: &str) -> Option<(Weekday, bool)> {
    if word.len() < 3 || !word.starts_with(['M', 'T', 'W', 'F', 'S']) {
        return None;
    }
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let (name, weekday) = NAMES.into_iter().find(|(name, _)| {
        name.eq_ignore_ascii_case(word)
            || (word.len() == 3 && name[..3].eq_ignore_ascii_case(word))
            || (is_one_of(word, &["tues", "thur", "thurs"])
                && name.starts_with(&word.to_lowercase()))
    })?;
    Some((weekday, word.len() < name.len()))
}

/// The era of "BC", "BCE", "AD", "CE"; in lower case only what is no word.
pub(super) fn era(word: &str) -> Option<Era> {
    match word {
        "BC" | "BCE" | "bc" | "bce" => Some(Era::Bce),
        "AD" | "CE" => Some(Era::Ce),
        _ => None,
    }
}

/// "first" is 1, "thirtieth" 30, "hundredth" 100: the ordinals of one word.
pub(super) fn ordinal(word: &str) -> Option<u64> {
    const ORDINALS: [(&str, u64); 27] = [
        ("fourth", 4),
        ("fifth", 5),
        ("sixth", 6),
        ("seventh", 7),
        ("eighth", 8),
        ("ninth", 9),
        ("tenth", 10),
        ("eleventh", 11),
        ("twelfth", 12),
        ("thirteenth", 13),
        ("fourteenth", 14),
        ("fifteenth", 15),
        ("sixteenth", 16),
        ("seventeenth", 17),
        ("eighteenth", 18),
        ("nineteenth", 19),
        ("twentieth", 20),
        ("thirtieth", 30),
        ("fortieth", 40),
        ("fiftieth", 50),
        ("sixtieth", 60),
        ("seventieth", 70),
        ("eightieth", 80),
        ("ninetieth", 90),
        ("hundredth", 100),
        ("thousandth", 1000),
        ("millionth", 1_000_000),
    ];
    // Every word of a text is asked, so the ending is looked at first.
    match word.as_bytes() {
        [.., b't' | b'T', b'h' | b'H'] => value(word, &ORDINALS),
        [.., b's' | b'S', b't' | b'T'] => value(word, &[("first", 1)]),
        [.., b'n' | b'N' | b'r' | b'R', b'd' | b'D'] => value(word, &[("second", 2), ("third", 3)]),
        _ => None,
    }
}

/// "one" is 1, "nineteen" 19, "twenty" 20, "ninety" 90: the numbers of one
/// word below a hundred.
pub(super) fn cardinal(word: &str) -> Option<u64> {
    let numbers: &[(&str, u64)] = match word.as_bytes().first()?.to_ascii_lowercase() {
        b'o' => &[("one", 1)],
        b't' => &[
            ("two", 2),
            ("three", 3),
            ("ten", 10),
            ("twelve", 12),
            ("thirteen", 13),
        ],
        b'f' => &[("four", 4), ("five", 5), ("fourteen", 14), ("fifteen", 15)],
        b's' => &[("six", 6), ("seven", 7), ("sixteen", 16), ("seventeen", 17)],
        b'e' => &[("eight", 8), ("eleven", 11), ("eighteen", 18)],
        b'n' => &[("nine", 9), ("nineteen", 19)],
        _ => return None,
    };
    value(word, numbers).or_else(|| tens(word))
}

/// "twenty" is 20, "ninety" 90.
pub(super) fn tens(word: &str) -> Option<u64> {
    const TENS: [(&str, u64); 8] = [
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
    ];
    match word.as_bytes() {
        [.., b't' | b'T', b'y' | b'Y'] => value(word, &TENS),
        _ => None,
    }
}

fn value(word: &str, words: &[(&str, u64)]) -> Option<u64> {
    let found = words
        .iter()
        .find(|(one, _)| one.eq_ignore_ascii_case(word))?;
    Some(found.1)
}

/// Before a year that may be wrong.
pub(super) static ABOUT: Words = Words::new(
    "about around approximately roughly possibly perhaps probably circa c ca maybe likely \
     allegedly supposedly reputedly",
);

/// After which a full stop ends no sentence.
pub(super) static TITLES: Words =
    Words::new("mr mrs ms dr st gen col capt lt sgt maj rev prof sir jr sr no");

/// Measures and money: what follows a count, whatever the count.
pub(super) static UNITS: Words = Words::new(
    "m km cm mm ft mi kg g t l mph kph hp kw mw k metre metres meter meters kilometre \
     kilometres kilometer kilometers mile miles foot feet yard yards inch inches league \
     leagues fathoms acre acres hectare hectares square cubic nautical ton tons tonne \
     tonnes pound pounds ounces gram grams kilogram kilograms kilos litres liters gallons \
     barrels bushels hour hours hrs minutes seconds days weeks months years year \
     centuries gmt utc est percent per degrees volts watts megawatts horsepower knots \
     calories rpm mhz khz hz bc dollar dollars euros francs marks rubles roubles yen \
     guineas guilders florins ducats dinars drachmas talents sesterces shillings pence \
     cents crowns million billion trillion thousand hundred dozen votes copies pages \
     times points words lines characters items pieces cubits stadia strong parts",
);

/// Who and what is counted, besides all that ends in "s".
pub(super) static COUNTED: Words = Words::new(
    "men women people children persons cavalry infantry horsemen sheep cattle horse \
     horses oxen fish aircraft spacecraft foot dead wounded killed injured missing \
     captured more other others additional extra different separate individual armed such \
     clergy police personnel militia staff crew seamen workmen policemen firemen noblemen \
     fishermen frenchmen englishmen irishmen dutchmen britons geese mice teeth lives \
     percent",
);

/// What ends in "s" and is yet no crowd of things.
pub(super) static NO_PLURALS: Words = Words::new(
    "is was has as his its this thus us does across towards afterwards onwards perhaps \
     besides unless less plus versus always sometimes nevertheless nonetheless whereas \
     yes marks sees begins ends opens brings comes gives says news politics congress \
     parliaments forces troops census crisis process success press ours hers theirs \
     congress's remains sits stands shows appears",
);

/// The small words that follow a year and no count.
pub(super) static FUNCTION: Words = Words::new(
    "the a an and or but nor when where while who whom whose which that he she it they we \
     i you his her its their our my in on at by to from for with without under after \
     before until till since during into through throughout as is was would could should \
     may might must will shall not no so then there this these those if than also only \
     again already still both however because though although did does had has saw \
     onwards onward via near between against some one two neither either all another \
     every each about over just even yet once it's nobody everybody nothing what",
);

/// The verbs after which "1500" counted somebody: "In May 1500 were killed".
pub(super) static COUNT_VERBS: Words = Words::new("were are have had of out");

/// Names of what is numbered: "page 1066", "Highway 1951".
pub(super) static LABELS: Words = Words::new(
    "no nos number numbers page pages p pp highway route road flight chapter chapters ch \
     vol volume section sections article articles clause clauses psalm verse line lines \
     model type unit room box code channel locality catalogue item lot order resolution \
     figure fig table note notes version isbn issn doi oclc rfc iso boeing airbus \
     platform track part book canto apollo suite apartment folio plate gate ward district \
     precinct grade level point step phase stage day",
);

/// Units of an army and streets: what an ordinal with a capital word after it
/// names.
pub(super) static NUMBERED: Words = Words::new(
    "regiment infantry division army armies brigade battalion corps cavalry fleet \
     squadron wing airborne marine marines panzer rifle artillery engineer field bomb \
     fighter tank guards foot street avenue century centuries floor amendment parallel \
     legion congress ward precinct district dalai duke earl baron president edition \
     volume chapter birthday anniversary attempt grade place hole minute hour dynasty day \
     generation volunteers year season lancers hussars dragoons pennsylvania new \
     massachusetts royal",
);

/// What has a year to it: "the winter of 1500", "the Treaty of 1500".
pub(super) static TIMED: Words = Words::new(
    "spring summer autumn fall winter year years end beginning start middle close early \
     half part months month weeks days day night morning evening christmas easter january \
     february march april may june july august september october november december war \
     wars treaty act constitution revolution uprising revolt rebellion rising crisis \
     famine earthquake eruption election elections battle siege flood floods fire plague \
     epidemic pandemic storm hurricane coup law edict peace armistice declaration charter \
     census report class events riots massacre eclipse supernova comet campaign crash \
     panic union convention conference congress exhibition map edition book letter \
     article study press century truce invasion expedition settlement restoration reform \
     sutra bull statute anger strike strikes protests olympics games draft copy \
     manuscript bible code scandal plot raid harvest drought conquest voyage film novel \
     tsunami",
);

/// What 1500 of something make up: "an army of 1500".
pub(super) static MEASURED: Words = Words::new(
    "force army garrison crew total crowd number group height altitude distance depth \
     population cost sum speed price score band fleet maximum minimum average most some \
     all more hundreds thousands contingent mob congregation audience weight length area \
     range rate toll size staff fine value membership out circulation run ration \
     detachment guard party house team company regiment payment loss factor scale each \
     any one half majority minority profit salary",
);

/// Before "by 1500" or "from 1500", when 1500 is no year.
pub(super) static CHANGED: Words = Words::new(
    "rose risen rising fell fallen falling grew grown growing increased increasing \
     decreased dropped declined reduced raised cut outnumbered divided multiplied \
     exceeded won lost beat beaten defeated up down ranged ranging swelled expanded \
     shrank shrunk varied varying majority increase rise drop fall lowered climbed \
     numbers strength population",
);

/// The events in whose name a year stands before a plural: "the 1951 floods".
pub(super) static EVENTS: Words = Words::new(
    "elections floods riots protests talks games olympics negotiations reforms \
     championships finals hearings trials attacks uprisings strikes earthquakes events \
     accords agreements amendments excavations bombings demonstrations revolutions \
     debates celebrations massacres killings murders",
);
