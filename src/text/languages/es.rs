//! Spanish.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Europe, Fixed, UnitedStates, Unknown};
use super::{Classes, Dates, Language, Page, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const ES: Language = Language {
    code: "es",
    name: "Spanish",
    stemmer: Some(Algorithm::Spanish),
    dates: Dates {
        months: &[
            ("ene", 1), ("feb", 2), ("mar", 3), ("abr", 4), ("may", 5), ("jun", 6), ("jul", 7), ("ago", 8),
            ("sep", 9), ("set", 9), ("oct", 10), ("nov", 11), ("dic", 12),
        ],
        not_months: "lista martes",
        inside: "de del",
        half_days: &[
            ("de la mañana", Morning), ("de la madrugada", Morning), ("de la tarde", Afternoon),
            ("de la noche", Night), ("del mediodía", Noon),
        ],
        hours: "hs horas",
        zone_names: &[
            ("hora de moscú", Fixed(180)), ("hora moscovita", Fixed(180)), ("hora de beijing", Fixed(480)),
            ("hora de pekín", Fixed(480)), ("hora de greenwich", Fixed(0)), ("hora universal", Fixed(0)),
            ("hora de londres", Europe(0)), ("hora de madrid", Europe(60)),
            ("hora peninsular", Europe(60)), ("hora del este", UnitedStates(-300)),
            ("hora de cuba", UnitedStates(-300)), ("hora de la habana", UnitedStates(-300)),
            ("hora del pacífico", UnitedStates(-480)), ("hora de caracas", Fixed(-240)),
            ("hora de venezuela", Fixed(-240)), ("hora de bogotá", Fixed(-300)),
            ("hora de lima", Fixed(-300)), ("hora argentina", Fixed(-180)),
            ("hora de argentina", Fixed(-180)), ("hora de buenos aires", Fixed(-180)),
            ("hora local", Unknown),
        ],
        time: "hora",
        updated: &["actualizad*", "actualización", "modificad*"],
        published: &["publicado", "publicada", "fecha de publicación"],
        labels: &["publicado:", "publicado el", "actualizado:", "fecha de publicación"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "compartir imprimir enviar comentarios comentar publicidad guardar",
        ownership: &["todos los derechos reservados"],
        notices: &["privacidad", "datos personales"],
        boxes: &["lee también", "leer más", "lea también", "lea más"],
        error_titles: &["página no encontrada"],
        bylines: &["por "],
        author_labels: &["texto:"],
        ..Page::NONE
    },
    turns: Turns {
        interviews: &["entrevista con", "entrevista a", "entrevista al"],
        authoring: &["no pudo verificar", "no ha podido verificar", "no pudo confirmar", "no ha podido confirmar", "no pudo comprobar"],
        before: &[
            "según", "segun", "informó", "informa", "informaron", "reportó", "reporta", "de acuerdo con",
            "de acuerdo a", "dijo a", "dijo al", "declaró a", "declaró al", "declaraciones a",
            "declaraciones al", "entrevista con", "entrevista a", "entrevista al", "entrevistado por",
            "entrevistada por", "citado por", "citada por", "citados por", "citadas por", "citando a",
            "citando al", "cita", "citó a", "señaló a", "comentó a", "comentó al", "explicó a",
            "explicó al", "afirmó a", "afirmó al", "confirmó a", "confirmó al", "contó a", "aseguró a",
            "indicó a", "indicó", "recoge", "recogió", "publicado por", "publicada por", "publicado en",
            "publicada en", "publicó", "difundido por", "difundida por", "difundió", "conversación con",
            "diálogo con", "conversó con", "habló con", "comunicó", "reveló a", "precisó", "adelantó a",
            "datos de", "artículo para", "artículo en", "columna para", "columna en", "consultado por",
            "consultada por", "consultados por", "consultadas por", "ha comunicado", "ha informado",
            "ha reportado", "ha publicado", "las cámaras de", "el micrófono de", "los micrófonos de",
            "invitado de", "información es de", "la antena de", "transmisión de", "adelantado por", "adelantada por", "lo informado por", "informado por", "lo publicado por", "reportado por", "constató", "acorde a lo informado por"],
        after: &[
            "informó", "informa", "reportó", "reporta", "publicó", "publica", "señaló", "señala", "indicó",
            "indica", "citó", "cita", "citando", "dijo", "afirmó", "afirma", "recogió", "recoge",
            "detalló", "precisó", "reveló", "difundió", "aseguró", "comunicó", "escribió", "escribe",
            "adelantó", "tuvo acceso", "ha tenido acceso", "pudo constatar", "ha podido constatar",
            "ha podido saber",
        ],
        fillers: "la el los las agencia agencias de noticias prensa oficial estatal rusa ruso china chino británica francesa \
            cadena canal diario periódico medio televisión emisora portal ha había este lunes martes \
            miércoles jueves viernes también hoy en un una corresponsal del su",
        credits: &[
            "fuente:", "fuentes:", "con información de", "con informaciones de",
            "publicado originalmente en", "publicado originalmente por", "texto:",
        ],
        contributed: &["contribuyó a este"],
        by_name: "por",
        conjunctions: "y o e",
        citing: &["citando"],
        of_itself: &["que son", "que su"],
        published: "publi apareci",
        first: "origin initial primero",
        picture: "foto imagen",
        with_agencies: &["con agencias", "y agencias", "agencias"],
        media: "agencia prensa noticias diario periódico correo heraldo",
        ..Turns::NONE
    },
    classes: Classes {
        reports: &[
            Stems {
                stems: "inform report señal indic afirm asegur public precis detall estim constat revel cit adelant destac explic \
                    apunt relat coment not alert subray denunci declar manifest recalc confirm agreg asever \
                    elev situ calific cifr contabiliz cre",
                endings: "ó a aron an aba ando",
            },
            Stems {
                stems: "difund escrib advirt adviert recog sosten sostien sostuv añad",
                endings: "ió e ieron en ía o",
            },
            Stems {
                stems: "dijo dijeron dice dicen reproduce reprodujo conocer saber",
                endings: "-",
            },
        ],
        tells: &[
            Stems {
                stems: "dijo contó dicho admitió reconoció negó lamentó habló aseguró confesó prometió",
                endings: "-",
            },
            Stems {
                stems: "confirmad declarad comunicad",
                endings: "- e s es o a os as",
            },
        ],
        witnesses: &[
            Stems {
                stems: "vio vieron escuchó presenció observó",
                endings: "-",
            },
        ],
        done: &[
            Stems {
                stems: "citad publicad difundid consultad entrevistad obtenid recogid recopilad vist revelad emitid transmitid \
                    consultad entrevistad recabad analizad",
                endings: "o a os as",
            },
        ],
        statements: "entrevista entrevistas conversación diálogo declaraciones declaración comentario comentarios charla \
            respuesta habló hablar conversó",
        to: "con a al ante para",
        by: "por",
        of: "de del la",
        people: "periodista periodistas corresponsal corresponsales reportero reporteros enviado fuente fuentes fotógrafo fotógrafa fotógrafos camarógrafo reportera periodista",
        works: "editorial artículo investigación análisis informe reportaje columna recuento encuesta",
        according: "según acuerdo",
        parts: "portavoz jefe jefa presidente presidenta directora",
        wants: "neg pid exig promet espera acept teme",
        outlet_words: "l los las el la agencia agencias noticias prensa oficial estatal cadena canal diario periódico medio medios \
            televisión emisora portal",
        outlet_stems: "chino britan franc alem catar rusa ruso inglés ingles estat",
        adverbs: "este esta lunes martes miércoles jueves viernes sábado domingo hoy ayer también ha han había el antes luego",
        prepositions: "en durante desde ante sobre tras por con",
        blocks: "fue fueron será serán sido es son está están no nunca quien cuyo que si",
        openers: "como según así lo y pero que tal conforme segundo palabras declaraciones",
        including: "incluida incluido incluyendo entre",
        auxiliaries: "ha han lo dio dieron hizo pudo",
        articles: "el la un una",
        ..Classes::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "afirm declar señal asegur destac explic record subray agreg anunci indic precis manifest coment opin \
                    consider recalc apunt denunci alert lament insist estim remarc puntualiz zanj remach \
                    celebr reclam critic conclu reconoc argument not narr relat confes aclar augur argument \
                    respond contest pens",
                endings: "ó aba aban a an aron ando ado",
            },
            Stems {
                stems: "dijo dijeron dice dicen decía decían escribió escriben escribe escribía sostiene sostuvo sostenía sostienen \
                    añadió añade añadía advirtió advierte advertía reconoció reconoce reconocía cree creen \
                    creía prometió promete respondió responde expuso expone admitió admite admitía insistió \
                    insiste aseveró concluyó concluye planteó argumentó dicho declarado afirmado asegurado",
                endings: "-",
            },
        ],
        that: "que",
        as_words: "como tal",
        phrases: &[
            "según", "segun", "en palabras de", "en palabras del", "a juicio de", "a juicio del",
            "en opinión de", "en opinión del", "de acuerdo con", "de acuerdo a", "a decir de",
            "en la opinión", "desde el punto de vista de", "en un comunicado", "en declaraciones a",
            "a ojos de", "a ojos del", "para el alcalde que", "citando a", "citado por",
        ],
        texts: "carta comunicado declaración mensaje texto discurso siguiente palabras",
        ..Speech::NONE
    },
    ..Language::NONE
};
