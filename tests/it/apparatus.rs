//! Texts of which one apparatus is the author, carried whole and unsigned by several outlets: speeches, readouts,
//! commentaries, notices. Who had them first says nothing of who read whom: a common source, or shared wording, never a
//! direction. Beside them reports of the same length that are an outlet's own keep their direction.

use chrono::{DateTime, TimeDelta};
use fimi::corpus::Corpus;
use fimi::model::{Article, DateSource, Grade, Origin, Outlet, Precision, Published, Registry};
use fimi::pipeline::{self, AnalyzeConfig};

const ZH_READOUT: &str = "总理奥尔二日上午在洛维克港会见来访的外交大臣塔恩。\n\
    奥尔表示，两岸渡轮航线开通三十年来，为沿岸居民带来了实实在在的便利。双方要加强冬季运输合作，完善灯塔和浮标的维护机制，推动新码头建设取得更多成果。\n\
    塔恩指出，外交部愿同港口方面保持密切沟通，扩大渔业和船舶修理领域的往来，共同维护海峡航行安全。\n\
    双方就渡口收费、破冰船调度和春季捕捞交换了意见，一致同意明年在北岛举行下一轮会谈。\n\
    港口主管、灯塔管理处负责人等参加会见。";

const ZH_SPEECH: &str = "女士们，先生们，朋友们：\n\
    很高兴同大家相聚在洛维克港，共同见证新码头的启用。三十年前，第一艘渡轮从这里出发，我们的父辈用双手修起了第一座灯塔。\n\
    今天，我们要把这条航线建设得更加安全、更加便捷。我们愿与各位一道，为沿岸的每一个村庄修通道路，让每一位渔民都能在风暴来临之前回到港湾。\n\
    我们坚信，只要同心协力，海峡两岸的明天一定会更加美好。冬天的冰再厚，也挡不住春天的船；前面的路再长，也要一步一步走下去。\n\
    谢谢大家。";

const ZH_COMMENTARY: &str = "渡轮不只是一条船。三十年来，它把北岛的孩子送到对岸的学校，把南岸的面包送到岛上的餐桌，也把两岸人的日子系在了一起。\n\
    有人说，建新码头花钱太多，旧码头还能再用十年。这笔账不能这样算。冰期一年比一年长，旧码头的桩基已经被海水掏空，等到出事那天再修，代价就不是一座码头了。\n\
    也有人把航线的停航说成是命运的安排，劝岛上的人搬走。这样的论调，过去有过，后来被一代又一代的船工用行动否定了。\n\
    修码头，修的是路，更是人心。把桩打深一点，把灯点亮一点，海峡就不再是阻隔，而是一条回家的路。";

const RU_READOUT: &str = "Президент Олл встретился в порту Остра с министром иностранных дел Тарном.\n\
    Стороны обсудили работу паромной линии, зимние перевозки и ремонт маяков на северном берегу пролива.\n\
    Олл отметил, что за тридцать лет линия стала надёжной опорой для жителей обоих берегов, и выразил готовность продолжить \
    строительство нового причала.\n\
    Тарн подчеркнул, что министерство придаёт большое значение безопасности судоходства и намерено расширить сотрудничество \
    в рыболовстве и судоремонте.\n\
    Стороны договорились провести следующий раунд переговоров на Северном острове весной будущего года и обменялись \
    мнениями по вопросам портовых сборов.";

const RU_SPEECH: &str = "Уважаемые друзья!\n\
    Я рад видеть вас сегодня в порту Остра, где мы вместе открываем новый причал. Тридцать лет назад отсюда ушёл первый \
    паром, и наши отцы своими руками сложили первый маяк на северном берегу.\n\
    Мы сделаем эту линию безопасной и удобной. Мы проведём дорогу в каждую деревню на берегу, чтобы каждый рыбак успел \
    вернуться в гавань до начала шторма, а каждый ребёнок попал в школу и зимой, и весной.\n\
    Мы верим, что общими усилиями сделаем жизнь на обоих берегах пролива лучше. Какой бы толстый лёд ни лежал у причала, \
    весной по воде снова пойдут корабли.\n\
    Спасибо за внимание.";

const RU_COMMENTARY: &str = "Паром давно перестал быть просто судном. Тридцать лет он возит детей с Северного острова в школу на другом \
    берегу, хлеб с южного берега на стол островитян, и сама жизнь двух берегов держится на его расписании.\n\
    Говорят, что новый причал слишком дорог и старый простоит ещё десять лет. Так считать нельзя. Лёд стоит дольше с каждым \
    годом, сваи подмыты морем, и после первой же беды чинить придётся не причал, а доверие людей.\n\
    Говорят и другое: остановка линии есть судьба, и островитянам пора уезжать. Такие речи звучали и прежде, и поколения \
    паромщиков отвечали на них работой.\n\
    Строить причал значит строить дорогу домой. Забить сваи глубже, зажечь огни ярче, и пролив станет не преградой, а путём.";

const RU_NOTICE: &str = "В связи с ледовой обстановкой в проливе движение паромов на линии Остра — Северный остров прекращается с шести \
    часов утра до особого распоряжения капитана порта.\n\
    Владельцам маломерных судов надлежит поднять суда на берег либо поставить их на зимнюю стоянку за молом, предъявив \
    дежурному диспетчеру свидетельство о регистрации и квитанцию об уплате портового сбора.\n\
    Билеты, приобретённые на отменённые рейсы, принимаются к возврату в кассах морского вокзала без удержания платы в \
    течение тридцати дней со дня прекращения движения.\n\
    Управление порта Остра\n2 марта 2026 года";

const ZH_REPORT: &str = "清晨五点，渡轮还没有靠岸，码头上已经排起了长队。卖热汤的老妇人把炉子推到防波堤后面，风一吹，白汽贴着水面飘走。\n\
    船长的儿子在舷梯旁数人头，数到六十就放下木栏。剩下的人坐在行李上等下一班，有人把围巾铺在石阶上睡着了，有人用小刀削苹果喂海鸥。\n\
    八点过后，第一辆卡车开上甲板，车上是给北岛学校的课桌和两箱玻璃。浮冰擦着船舷，发出锯木头一样的声音，灯塔的光在雾里转了三圈才灭。\n\
    中午以前渡轮来回跑了四趟，把整条队伍都带走了，码头上只留下几行湿脚印和一只没人认领的手套。";

const RU_REPORT: &str = "В пять утра паром ещё стоял за молом, а на причале уже вытянулась очередь. Торговка горячим супом откатила печку за \
    волнолом, и пар стелился над самой водой, пока его не сдуло к маяку.\n\
    Сын капитана считал пассажиров у трапа и на шестидесятом опустил деревянный брус. Остальные сидели на чемоданах: кто \
    спал на ступенях, подложив шарф, кто резал яблоко и бросал корки чайкам.\n\
    После восьми на палубу въехал первый грузовик с партами для школы на Северном острове и двумя ящиками стекла. Лёд тёрся \
    о борт со звуком пилы, а луч маяка трижды обошёл туман, прежде чем погаснуть.\n\
    До полудня паром сходил туда и обратно четыре раза и увёз всех. На причале остались мокрые следы и чья-то перчатка.";

/// The grade of the edge between two outlets that carry a text, the second an hour later; `None` without one.
fn grade(outlets: [&str; 2], title: &str, text: &str, ending: &str) -> Option<Grade> {
    let article = |n: u32, outlet: &str| {
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(n.into());
        let han = text.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c));
        Article {
            id: format!("a{n}"),
            outlet: outlet.into(),
            language: if han { "zh" } else { "ru" }.into(),
            url: format!("https://{outlet}.example/{n}"),
            title: title.into(),
            text: if n == 1 { format!("{text}{ending}") } else { text.to_owned() },
            published: Some(Published {
                raw: String::new(),
                utc: at,
                local_date: at.date_naive(),
                precision: Precision::Minute,
                source: DateSource::Record,
            }),
            first_seen: Some(at + TimeDelta::minutes(5)),
            ..Article::default()
        }
    };
    let mut registry = fimi::outlets::embedded().outlets;
    registry.extend(["north-post", "south-post"].map(Outlet::unlisted));
    let articles = vec![article(0, outlets[0]), article(1, outlets[1])];
    let corpus = Corpus::new(articles, Registry::new(registry));
    let analysis = pipeline::analyze(&corpus, &AnalyzeConfig::default());
    assert!(!analysis.matches.is_empty(), "{title}: the copy is not found");
    let edges = analysis.diffusion.edges.iter();
    edges.filter(|edge| !matches!(edge.from, Origin::Outlet(_))).map(|edge| edge.grade).min()
}

/// No direction between these outlets.
#[track_caller]
fn check_common(outlets: [&str; 2], title: &str, text: &str) {
    let grade = grade(outlets, title, text, "");
    assert!(grade.is_none_or(|grade| !grade.is_directed()), "{title}: {grade:?}");
}

#[test]
fn what_is_published_to_be_carried_has_no_first_holder() {
    for outlets in [["north-post", "south-post"], ["rt", "cgtn"], ["cgtn", "rt"]] {
        check_common(outlets, "奥尔会见塔恩", ZH_READOUT);
        check_common(outlets, "在新码头启用仪式上的致辞", ZH_SPEECH);
        check_common(outlets, "Олл встретился с Тарном", RU_READOUT);
        check_common(outlets, "Выступление на открытии причала", RU_SPEECH);
        check_common(outlets, "Паромы стоят", RU_NOTICE);
    }
}

#[test]
fn a_speech_is_one_under_any_headline() {
    check_common(["rt", "cgtn"], "新码头启用", ZH_SPEECH);
    check_common(["rt", "cgtn"], "Новый причал открыт", RU_SPEECH);
}

#[test]
fn a_commentary_of_one_state_or_of_a_named_paper_is_a_common_text() {
    check_common(["globaltimes", "cgtn"], "渡轮是回家的路", ZH_COMMENTARY);
    check_common(["rt", "sputnik"], "Дорога домой", RU_COMMENTARY);
    check_common(["north-post", "south-post"], "洛维克日报评论员：渡轮是回家的路", ZH_COMMENTARY);
    for (text, signature) in
        [(ZH_COMMENTARY, "\n（洛维克日报评论员）"), (RU_COMMENTARY, "\nИсточник: «Северный путь»")]
    {
        let grade = grade(["north-post", "south-post"], "t", text, signature);
        assert!(grade.is_none_or(|grade| !grade.is_directed()), "{signature}: {grade:?}");
    }
}

#[test]
fn an_outlets_own_report_keeps_its_direction() {
    for (title, text) in [("清晨的渡轮", ZH_REPORT), ("Утренний паром", RU_REPORT)]
    {
        let grade = grade(["north-post", "south-post"], title, text, "");
        assert_eq!(grade, Some(Grade::E3), "{title}");
    }
}
