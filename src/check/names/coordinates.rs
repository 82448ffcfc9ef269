//! Coordinates that lie outside the country that is named beside them.

use super::super::Subject;
use super::countries::{self, Country, Slip};
use super::head_of;
use crate::articles::model::Registry;
use crate::content::{Diagnostic, EntryFile, Place};

/// From this year on a country that an article names by its name has today's
/// borders, near enough.
const BORDERS_OF_TODAY: i64 = 1993;

/// How far borders have moved before: no empire's name is used that much
/// farther off, and exchanged coordinates most often are, in degrees.
const MOVED_BORDERS: f64 = 15.0;

pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let file = subject.file;
    for (index, lat, lon) in &file.whereabouts.coordinates {
        let Some((Registry::Places, name)) = file.names.get(*index) else {
            continue;
        };
        let place = file
            .whereabouts
            .names
            .get(*index)
            .cloned()
            .unwrap_or_default();
        let entry = subject.names.entry(Registry::Places, name);
        let code = entry.and_then(|entry| entry.details.country.as_deref());
        let (country, room, note) = if let Some(country) = code.and_then(countries::by_code) {
            let path = entry.map(|entry| head_of(&entry.path));
            let note = format!("its entry says that it lies in {}", country.name);
            (country, 0.0, Some((note, path)))
        } else if let Some(country) = countries::named_in(name) {
            let primary = file.details.primary().and_then(|date| date.date().ok());
            let year = primary.and_then(|date| date.year());
            let new = year.is_some_and(|year| year.astronomical() >= BORDERS_OF_TODAY);
            (country, if new { 0.0 } else { MOVED_BORDERS }, None)
        } else {
            continue;
        };
        if let Some(mut finding) = outside(country, room, (*lat, *lon), &place) {
            if let Some((note, path)) = note {
                finding = finding.note(&note, path);
            }
            found.push(finding);
        }
    }
}

/// What is wrong with the coordinates and the country of an entry.
pub(in crate::check) fn of_entry(file: &EntryFile, found: &mut Vec<Diagnostic>) {
    let details = &file.details;
    let point = details.lat.zip(details.lon);
    let Some(code) = details.country.as_deref() else {
        // Without a country of its own, the name may be one of an age with
        // other borders.
        if let (Some(point), Some(country)) = (point, countries::named_in(&file.name)) {
            found.extend(outside(country, MOVED_BORDERS, point, &file.name_place));
        }
        return;
    };
    if let (Some(point), Some(country)) = (point, countries::by_code(code)) {
        found.extend(outside(country, 0.0, point, &file.name_place));
    }
}

fn outside(
    country: &Country,
    room: f64,
    (lat, lon): (f64, f64),
    place: &Place,
) -> Option<Diagnostic> {
    if country.distance(lat, lon) <= room {
        return None;
    }
    let name = country.name;
    let message = format!("the coordinates {} lie outside {name}", in_words(lat, lon));
    let help = match country.slip(lat, lon) {
        Some(Slip::Exchanged) => {
            format!("lat and lon seem to be exchanged: write lat: {lon}, lon: {lat}")
        }
        Some(Slip::LostMinus(right_lat, right_lon)) => {
            let (verb, sign) = if lat < right_lat || lon < right_lon {
                ("is too many", "a minus sign")
            } else {
                ("is missing", "a minus sign")
            };
            format!("{sign} {verb}, it seems: write lat: {right_lat}, lon: {right_lon}")
        }
        None => "correct the coordinates or the country".to_owned(),
    };
    Some(Diagnostic::warning_at(place, "N004", &message).help(&help))
}

/// `37.57° N, 126.98° E`
fn in_words(lat: f64, lon: f64) -> String {
    let (north, east) = (
        if lat < 0.0 { 'S' } else { 'N' },
        if lon < 0.0 { 'W' } else { 'E' },
    );
    format!("{}° {north}, {}° {east}", lat.abs(), lon.abs())
}
