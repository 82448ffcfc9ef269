//! Who wrote an article, from the one line of its byline.

/// A name as bibliographies sort it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sharing) enum Name {
    /// A person with a family name: the last word of the byline, with the small
    /// words before it ("van Beethoven"). A name in which the family stands
    /// first is read the wrong way round; nothing in a byline tells it apart.
    Person {
        /// "Ludwig".
        given: String,
        /// "van", or empty.
        particle: String,
        /// "Beethoven".
        family: String,
        /// "Jr.", or empty.
        suffix: String,
    },
    /// An organisation, or somebody with one name: never turned round.
    Literal(String),
}

/// Words by which a byline is known to name an organisation.
const ORGANISATIONS: [&str; 22] = [
    "academy",
    "agency",
    "archive",
    "archives",
    "association",
    "board",
    "committee",
    "council",
    "department",
    "desk",
    "editors",
    "foundation",
    "institute",
    "library",
    "ministry",
    "museum",
    "office",
    "press",
    "project",
    "society",
    "staff",
    "university",
];

/// Small words that belong to the family name.
const PARTICLES: [&str; 25] = [
    "af", "al", "av", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el",
    "ibn", "la", "le", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur",
];

/// What stands after a name and is none.
const SUFFIXES: [&str; 7] = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];

/// The names of a byline: "Ada Writer", "Ada Writer and Bea Reader", "Ada,
/// Bea and Cleo". Empty for an empty one.
pub(in crate::sharing) fn names(byline: &str) -> Vec<Name> {
    let byline = super::one_line(byline);
    if byline.is_empty() {
        return Vec::new();
    }
    if is_organisation(&byline) {
        return vec![Name::Literal(byline)];
    }
    let mut pieces: Vec<String> = Vec::new();
    let listed = byline
        .replace(" and ", ",")
        .replace(" & ", ",")
        .replace(';', ",");
    for piece in listed.split(',') {
        // After ", and" the comma has parted them already.
        let piece = piece.trim();
        let piece = piece.strip_prefix("and ").unwrap_or(piece).trim();
        match pieces.last_mut() {
            Some(last) if is_suffix(piece) => *last = format!("{last} {piece}"),
            _ if piece.is_empty() => {}
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces.iter().map(|piece| Name::of(piece)).collect()
}

impl Name {
    fn of(text: &str) -> Name {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let mut suffix = String::new();
        if words.len() > 2 && words.last().is_some_and(|last| is_suffix(last)) {
            suffix = words.pop().unwrap_or_default().to_owned();
        }
        let Some((family, before)) = words.split_last() else {
            return Name::Literal(text.to_owned());
        };
        let is_particle = |word: &&&str| PARTICLES.contains(*word);
        let particles = before.iter().rev().take_while(is_particle).count();
        let (given, particle) = before.split_at(before.len() - particles);
        if given.is_empty() {
            return Name::Literal(text.to_owned());
        }
        Name::Person {
            given: given.join(" "),
            particle: particle.join(" "),
            family: (*family).to_owned(),
            suffix,
        }
    }

    /// As it is spoken: "Ludwig van Beethoven".
    pub(in crate::sharing) fn words(&self) -> String {
        match self {
            Name::Literal(name) => name.clone(),
            Name::Person {
                given,
                particle,
                family,
                suffix,
            } => joined(&[given, particle, family, suffix], " "),
        }
    }

    /// As it is sorted: "van Beethoven, Ludwig".
    pub(super) fn inverted(&self) -> String {
        self.sorted_with(str::to_owned)
    }

    /// As it is sorted, with initials: "van Beethoven, L.".
    pub(super) fn with_initials(&self) -> String {
        self.sorted_with(initials)
    }

    fn sorted_with(&self, shorten: impl Fn(&str) -> String) -> String {
        match self {
            Name::Literal(name) => name.clone(),
            Name::Person {
                given,
                particle,
                family,
                suffix,
            } => {
                let family = joined(&[particle, family], " ");
                joined(&[&family, &shorten(given), suffix], ", ")
            }
        }
    }
}

/// "Ada Mary" as "A. M.", "Jean-Luc" as "J.-L.".
fn initials(given: &str) -> String {
    let initial = |part: &str| part.chars().next().map(|first| format!("{first}."));
    let word = |word: &str| {
        let parts: Vec<String> = word.split('-').filter_map(initial).collect();
        parts.join("-")
    };
    let words: Vec<String> = given.split_whitespace().map(word).collect();
    words.join(" ")
}

fn joined(parts: &[&str], between: &str) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(between)
}

fn is_organisation(byline: &str) -> bool {
    let mut words = byline.split(|character: char| !character.is_alphanumeric());
    byline.starts_with("The ")
        || words.any(|word| ORGANISATIONS.contains(&word.to_lowercase().as_str()))
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word.to_lowercase().as_str())
}
