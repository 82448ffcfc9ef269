//! The one stylesheet, put together from the files under `static/css/`: what
//! only people need (comments, indentation) goes, and addresses of fonts get
//! the hashed names under which they are served.
//!
//! This is no compiler. A rule leaves as it was written, but for white space
//! that says nothing.

/// A stylesheet without comments and without white space that means nothing.
/// Strings stay as they are. Space before a colon stays, because `.a :is(b)`
/// is not `.a:is(b)`; so does space around `+` and `-`, which `calc()` needs.
#[must_use]
pub fn without_ornament(css: &str) -> String {
    let mut written = String::with_capacity(css.len());
    // A space is owed until it is known whether what follows needs it.
    let mut owes_space = false;
    let mut rest = css.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '/' if rest.peek() == Some(&'*') => {
                skip_comment(&mut rest);
                owes_space = true;
            }
            _ if character.is_whitespace() => owes_space = true,
            _ => {
                let is_glue = matches!(character, '{' | '}' | ';' | ',' | '>');
                let after_glue = written.ends_with(['{', '}', ';', ',', ':', '>', '(']);
                if owes_space && !is_glue && !after_glue && !written.is_empty() {
                    written.push(' ');
                }
                owes_space = false;
                if character == '}' && written.ends_with(';') {
                    written.pop();
                }
                written.push(character);
                if matches!(character, '"' | '\'') {
                    copy_string(character, &mut rest, &mut written);
                }
            }
        }
    }
    written
}

/// Rewrites `url(../fonts/roman.woff2)` to the hashed name, which lies beside
/// the stylesheet. A name that `hashed` does not know stays as it is.
#[must_use]
pub fn with_hashed_urls(css: &str, hashed: impl Fn(&str) -> Option<String>) -> String {
    const OPENING: &str = "url(../";
    let mut written = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find(OPENING) {
        let (before, from_url) = rest.split_at(start);
        written.push_str(before);
        let Some(end) = from_url.find(')') else {
            rest = from_url;
            break;
        };
        let (url, after) = from_url.split_at(end);
        match hashed(&url[OPENING.len()..]) {
            Some(name) => written.push_str(&format!("url({name}")),
            None => written.push_str(url),
        }
        rest = after;
    }
    written.push_str(rest);
    written
}

fn skip_comment(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    rest.next();
    let mut last = ' ';
    for character in rest.by_ref() {
        if last == '*' && character == '/' {
            return;
        }
        last = character;
    }
}

/// Copies up to the quotation mark that ends a string, escapes included.
fn copy_string(
    mark: char,
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
    written: &mut String,
) {
    while let Some(character) = rest.next() {
        written.push(character);
        if character == '\\' {
            written.extend(rest.next());
        } else if character == mark {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_people_need_goes() {
        let css = "/* Paper. */\n@layer a {\n  .b , .c > d {\n    color: red;\n    margin: 0 auto;\n  }\n}\n";
        assert_eq!(
            without_ornament(css),
            "@layer a{.b,.c>d{color:red;margin:0 auto}}"
        );
    }

    #[test]
    fn white_space_that_means_something_stays() {
        for css in [
            ".a :is(b, c)",
            ".a:not(.b) c",
            "a{width:calc(1px + 2 * var(--b))}",
            "@media (min-width:40rem) and (hover:hover){a{b:c}}",
        ] {
            assert_eq!(without_ornament(css), css.replace(", ", ","));
        }
        assert_eq!(without_ornament("a/**/b"), "a b");
    }

    #[test]
    fn strings_stay_as_they_are() {
        let css = r#"a{content:"  /* \"no\" */ ;  ";b:' ; } '}"#;
        assert_eq!(without_ornament(css), css);
    }

    #[test]
    fn what_never_ends_ends_with_the_file() {
        assert_eq!(without_ornament("a{b:c} /* d"), "a{b:c}");
        assert_eq!(without_ornament("a{b:\"c \\"), "a{b:\"c \\");
    }

    #[test]
    fn urls_in_the_stylesheet_lead_to_hashed_names() {
        let hashed = |name: &str| (name == "fonts/a.woff2").then(|| "a.12.woff2".to_owned());
        assert_eq!(
            with_hashed_urls("x{src:url(../fonts/a.woff2) y}z{b:url(../fonts/b)}", hashed),
            "x{src:url(a.12.woff2) y}z{b:url(../fonts/b)}"
        );
        assert_eq!(
            with_hashed_urls("x{src:url(../fonts/a", hashed),
            "x{src:url(../fonts/a"
        );
    }
}
