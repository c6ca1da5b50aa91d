//! The keys of the front matter by which a brief says what it is.

/// A key, under all names that it goes by.
#[derive(Debug)]
pub struct Key {
    /// Its names; the first one is the one that is documented. Case, hyphens and underscores make no difference.
    pub names: &'static [&'static str],
    /// What its value says, with an example.
    pub about: &'static str,
}

/// The State under review.
pub const STATE: Key = Key {
    names: &[
        "state",
        "state_under_review",
        "sur",
        "country",
        "etat",
        "état",
        "pays",
        "estado",
        "pais",
        "país",
        "estado_examinado",
        "etat_examine",
        "état_examiné",
    ],
    about: "The State under review, by name or ISO code",
};

/// The session of the UPR Working Group.
pub const SESSION: Key = Key {
    names: &["session", "upr_session", "sesion", "sesión", "periodo", "período", "periodo_de_sesiones"],
    about: "The session of the UPR Working Group, as a number",
};

/// The date of the review.
pub const REVIEW: Key = Key {
    names: &[
        "review",
        "review_date",
        "date_of_review",
        "month",
        "month_of_review",
        "examen",
        "examination",
        "mes",
        "mois",
        "fecha_examen",
        "fecha_del_examen",
        "fecha",
        "date_examen",
        "date_de_l_examen",
        "date",
    ],
    about: "The date of the review: 2026-11-05, or 2026-11",
};

/// The language of the brief.
pub const LANGUAGE: Key = Key { names: &["lang", "language", "langue", "idioma"], about: "The language of the brief: en, fr or es" };

/// The day on which the brief is sent.
pub const DATED: Key = Key {
    names: &["dated", "brief_date", "date_of_brief", "written", "date_du_document", "fecha_del_documento"],
    about: "The day on which you send the brief, as 2026-10-01",
};

/// How the authors can be reached.
pub const CONTACT: Key =
    Key { names: &["contact", "email", "e_mail", "mail", "courriel", "correo", "website", "telephone", "phone"], about: "How you can be reached" };

/// Whether those who are named or quoted agree to it.
pub const CONSENT: Key = Key { names: &["consent", "consentement", "consentimiento"], about: "Write yes if the people whom you name or quote agree to it" };

/// All of them.
pub const ALL: [&Key; 7] = [&STATE, &SESSION, &REVIEW, &LANGUAGE, &DATED, &CONTACT, &CONSENT];
