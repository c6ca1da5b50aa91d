//! What is read in French and Spanish sentences: the same grammar with other word lists.

use super::{check, check_none, check_vague};

#[test]
fn french_is_read() {
    check(
        "fr",
        &[
            ("Fermer le camp [[d’ici à juin 2029]].", "2029-06-30"),
            ("Fermer le camp [[d'ici fin 2029]].", "2029-12-31"),
            ("Fermer le camp [[d’ici à la fin de l’année 2029]].", "2029-12-31"),
            ("Fermer le camp [[d’ici mi-2029]].", "2029-06-30"),
            ("Fermer le camp [[avant la fin de 2028]].", "2028-12-31"),
            ("Fermer le camp [[avant 2029]].", "2028-12-31"),
            ("Fermer le camp [[avant le 1er juillet 2028]].", "2028-06-30"),
            ("Fermer le camp [[au plus tard le 31 mars 2028]].", "2028-03-31"),
            ("Fermer le camp [[au plus tard en décembre 2028]].", "2028-12-31"),
            ("Fermer le camp [[dans un délai de deux ans]].", "24 months"),
            ("Fermer le camp [[dans un délai d’un an et demi]].", "18 months"),
            ("Fermer le camp [[dans les trois mois suivant l’examen]].", "3 months of the review"),
            ("Fermer le camp [[dans les deux prochaines années]].", "24 months"),
            ("Fermer le camp [[d’ici deux ans]].", "24 months"),
            ("Fermer le camp [[avant le prochain cycle de l’EPU]].", "next review"),
            ("Fermer le camp [[d’ici au prochain examen]].", "next review"),
            ("Fermer le camp [[d’ici à son prochain Examen périodique universel]].", "next review"),
            ("Fermer le camp [[avant le cinquième cycle]].", "next review"),
            ("Faire le point [[à mi-parcours]].", "mid-term"),
            ("Fermer le camp [[avant les prochaines élections législatives]].", "event"),
        ],
    );
    check_none(
        "fr",
        &[
            "Abroger la loi de 2011 sur la presse.",
            "Appliquer la stratégie 2026-2030.",
            "Appliquer la stratégie pour les îles jusqu’en 2030.",
            "Maintenir le moratoire en vigueur depuis 1998.",
            "Veiller à ce que les juges statuent dans un délai de 30 jours.",
        ],
    );
    check_vague(
        "fr",
        &["Ratifier le traité [[dès que possible]].", "Prendre des mesures [[immédiates]].", "Lever l’état d’urgence.", "Ratifier [[sans délai]] le traité."],
    );
}

#[test]
fn spanish_is_read() {
    check(
        "es",
        &[
            ("Cerrar el campamento [[a más tardar en diciembre de 2028]].", "2028-12-31"),
            ("Cerrar el campamento [[a más tardar el 31 de marzo de 2028]].", "2028-03-31"),
            ("Cerrar el campamento [[para fines de 2027]].", "2027-12-31"),
            ("Cerrar el campamento [[para mediados de 2028]].", "2028-06-30"),
            ("Cerrar el campamento [[para el año 2029]].", "2029-12-31"),
            ("Cerrar el campamento [[antes del 30 de junio de 2028]].", "2028-06-29"),
            ("Cerrar el campamento [[antes de que finalice 2026]].", "2026-12-31"),
            ("Cerrar el campamento [[antes de 2029]].", "2028-12-31"),
            ("Cerrar el campamento [[antes del próximo EPU]].", "next review"),
            ("Cerrar el campamento [[antes de su próximo examen periódico universal]].", "next review"),
            ("Cerrar el campamento [[antes del quinto ciclo]].", "next review"),
            ("Cerrar el campamento [[en los dos años siguientes al examen]].", "24 months of the review"),
            ("Cerrar el campamento [[en un plazo de 18 meses]].", "18 months"),
            ("Cerrar el campamento [[en un plazo de un año y medio]].", "18 months"),
            ("Cerrar el campamento [[dentro de los próximos tres años]].", "36 months"),
            ("Cerrar el campamento [[de aquí a 2029]].", "2029-12-31"),
            ("Informar [[a mitad de período]].", "mid-term"),
        ],
    );
    check_none(
        "es",
        &[
            "Derogar el Decreto 45 de 2010.",
            "Aplicar la estrategia 2025-2030 y la Agenda 2030.",
            "Aplicar la estrategia hasta 2030.",
            "Mantener la moratoria vigente desde 2003.",
            "Garantizar el aborto antes de la semana 14.",
        ],
    );
    check_vague("es", &["Ratificar el tratado [[lo antes posible]].", "Adoptar medidas [[inmediatas]].", "Mejorar [[gradualmente]] las escuelas."]);
}
