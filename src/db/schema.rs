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
        first_day -> BigInt,
    }
}

diesel::table! {
    tallies (kind, entry, year, span) {
        kind -> Text,
        entry -> Text,
        year -> BigInt,
        span -> BigInt,
        name -> Text,
        articles -> BigInt,
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
        case_id -> Nullable<Text>,
        confirm_hash -> Text,
        confirmed_at -> Nullable<BigInt>,
        erased_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    cases (id) {
        id -> Text,
        kind -> Text,
        state -> Text,
        urgent -> Bool,
        article -> Nullable<Text>,
        category -> Text,
        passage -> Text,
        reports -> BigInt,
        opened_at -> BigInt,
        taken_at -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        closed_at -> Nullable<BigInt>,
        changed_at -> BigInt,
        version -> BigInt,
        editor -> Nullable<Text>,
        merged_into -> Nullable<Text>,
        reason -> Text,
        note_kind -> Text,
        note -> Text,
        note_date -> Text,
        amended -> Text,
        amended_from -> Text,
        corrected_in -> Nullable<BigInt>,
    }
}

diesel::table! {
    case_notes (id) {
        id -> BigInt,
        case_id -> Text,
        editor -> Text,
        written_at -> BigInt,
        text -> Text,
    }
}

diesel::table! {
    holds (case_id, kind) {
        case_id -> Text,
        article -> Text,
        kind -> Text,
        since -> BigInt,
    }
}

diesel::table! {
    audit (number) {
        number -> BigInt,
        at -> BigInt,
        actor -> Text,
        subject -> Text,
        from_state -> Text,
        to_state -> Text,
        why -> Text,
        hash -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        cause -> Text,
        kind -> Text,
        recipient -> Text,
        subject -> Text,
        text -> Text,
        html -> Text,
        state -> Text,
        attempts -> BigInt,
        created_at -> BigInt,
        due_at -> BigInt,
        changed_at -> BigInt,
        answer -> Text,
    }
}

diesel::table! {
    editors (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        role -> Text,
        password -> Text,
        totp -> Text,
        totp_step -> BigInt,
        alerts -> Bool,
        alerted_at -> BigInt,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_codes (hash) {
        hash -> Text,
        editor -> Text,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    sessions (hash) {
        hash -> Text,
        id -> Text,
        editor -> Nullable<Text>,
        state -> Text,
        device -> Text,
        created_at -> BigInt,
        seen_at -> BigInt,
        ends_at -> BigInt,
    }
}

diesel::table! {
    editor_links (hash) {
        hash -> Text,
        editor -> Text,
        purpose -> Text,
        created_at -> BigInt,
        ends_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    login_failures (who) {
        who -> Text,
        failures -> BigInt,
        since -> BigInt,
        wait_until -> BigInt,
    }
}

diesel::table! {
    spent_challenges (id) {
        id -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    spam_rules (rule) {
        rule -> Text,
        version -> BigInt,
        changed_at -> BigInt,
        suspended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    asked_addresses (who) {
        who -> Text,
        times -> BigInt,
        last_at -> BigInt,
    }
}

diesel::table! {
    announcements (target) {
        target -> Text,
        edition -> BigInt,
        decided_at -> BigInt,
        day -> BigInt,
        failures -> BigInt,
        due_at -> BigInt,
        leased_until -> BigInt,
    }
}

diesel::table! {
    changes (number) {
        number -> BigInt,
        made_at -> BigInt,
        tags -> Text,
    }
}

diesel::table! {
    allowances (who) {
        who -> Text,
        whole_at -> BigInt,
    }
}

diesel::table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        until -> BigInt,
    }
}

diesel::joinable!(standings -> articles (slug));
diesel::joinable!(tags -> articles (slug));
diesel::joinable!(aliases -> articles (slug));
diesel::joinable!(claims -> articles (slug));
diesel::joinable!(picture_uses -> pictures (hash));

diesel::allow_tables_to_appear_in_same_query!(
    articles, standings, tags, aliases, claims, revisions
);
diesel::allow_tables_to_appear_in_same_query!(pictures, picture_uses);
diesel::joinable!(reports -> cases (case_id));
diesel::allow_tables_to_appear_in_same_query!(reports, cases, case_notes, holds);
diesel::allow_tables_to_appear_in_same_query!(editors, sessions);
