//! The tables, for both engines; written by hand, and held against the
//! migrated databases by a test.

#![expect(missing_docs, reason = "the columns are described in migrations/")]

diesel::table! {
    editions (id) {
        id -> BigInt,
        created_at -> BigInt,
        articles -> BigInt,
    }
}

diesel::table! {
    files (path) {
        path -> Text,
        size -> BigInt,
        modified_ns -> BigInt,
        inode -> BigInt,
        read_at -> BigInt,
        hash -> Text,
        held -> Bool,
    }
}

diesel::table! {
    problems (path, position) {
        path -> Text,
        position -> BigInt,
        line -> BigInt,
        column_number -> BigInt,
        kind -> Text,
        code -> Text,
        message -> Text,
        advice -> Text,
    }
}

diesel::table! {
    claims (slug, position) {
        slug -> Text,
        position -> BigInt,
        subject -> Text,
        property -> Text,
        value -> Text,
    }
}

diesel::table! {
    articles (slug) {
        slug -> Text,
        path -> Text,
        revision -> BigInt,
        hash -> Text,
        renderer -> BigInt,
        title -> Text,
        summary -> Text,
        draft -> Bool,
        published -> BigInt,
        first_day -> BigInt,
        details -> Text,
        html -> Text,
        notes -> Text,
        paragraphs -> Text,
    }
}

diesel::table! {
    revisions (slug, number) {
        slug -> Text,
        number -> BigInt,
        hash -> Text,
        source -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    standings (slug, position) {
        slug -> Text,
        position -> BigInt,
        year -> BigInt,
        month -> Nullable<BigInt>,
        day -> Nullable<BigInt>,
        first_day -> BigInt,
        label -> Text,
        words -> Text,
        span -> BigInt,
    }
}

diesel::table! {
    tags (slug, kind, position) {
        slug -> Text,
        kind -> Text,
        position -> BigInt,
        name -> Text,
        entry -> Text,
    }
}

diesel::table! {
    entries (kind, slug) {
        kind -> Text,
        slug -> Text,
        path -> Text,
        name -> Text,
        details -> Text,
        html -> Text,
    }
}

diesel::table! {
    life_days (slug, event) {
        slug -> Text,
        event -> Text,
        name -> Text,
        year -> BigInt,
        month -> Nullable<BigInt>,
        day -> Nullable<BigInt>,
        first_day -> BigInt,
        words -> Text,
        calendar -> Text,
    }
}

diesel::table! {
    aliases (path) {
        path -> Text,
        slug -> Text,
    }
}

diesel::table! {
    tombstones (slug) {
        slug -> Text,
        removed_on -> Text,
        reason -> Text,
        see -> Nullable<Text>,
    }
}

diesel::table! {
    links (path, target) {
        path -> Text,
        target -> Text,
    }
}

diesel::table! {
    pages (slug) {
        slug -> Text,
        path -> Text,
        title -> Text,
        summary -> Text,
        html -> Text,
    }
}

diesel::table! {
    pictures (hash) {
        hash -> Text,
        media_type -> Text,
        width -> BigInt,
        height -> BigInt,
        bytes -> Binary,
        tone -> Text,
        recipe -> BigInt,
    }
}

diesel::table! {
    renditions (hash, width, media_type) {
        hash -> Text,
        width -> BigInt,
        media_type -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    picture_uses (slug, file) {
        slug -> Text,
        file -> Text,
        hash -> Text,
    }
}

diesel::table! {
    reports (id) {
        id -> Text,
        token_hash -> Text,
        received_at -> BigInt,
        state -> Text,
        spam_reason -> Text,
        article -> Nullable<Text>,
        revision -> Nullable<BigInt>,
        paragraph -> Nullable<BigInt>,
        quote -> Text,
        prefix -> Text,
        suffix -> Text,
        page -> Text,
        category -> Text,
        wrong -> Text,
        correct -> Text,
        source -> Text,
        email -> Text,
        client_hash -> Text,
    }
}

diesel::joinable!(standings -> articles (slug));
diesel::joinable!(tags -> articles (slug));
diesel::joinable!(aliases -> articles (slug));
diesel::joinable!(claims -> articles (slug));
diesel::joinable!(picture_uses -> pictures (hash));

diesel::allow_tables_to_appear_in_same_query!(articles, standings, tags, aliases, claims);
diesel::allow_tables_to_appear_in_same_query!(pictures, picture_uses);
