//! What packagers get: units, workflows and pages name commands that this program has.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::TestEnv;

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The arguments of each call of `fimi scan` in a text: quotation marks hold words together, and a shell's operators end it.
fn scans(text: &str) -> Vec<Vec<String>> {
    let calls = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    // A name in running text is no call.
    let calls = calls.filter_map(|line| Some(line.split_once("fimi scan")?.1));
    let calls = calls.filter(|call| !call.starts_with('`'));
    calls
        .map(|call| {
            let (mut words, mut quote) = (vec![String::new()], None);
            for c in call.chars() {
                match (c, quote) {
                    ('|' | '&' | ';' | '>' | '#', None) => break,
                    ('"' | '\'', None) => quote = Some(c),
                    (c, Some(open)) if c == open => quote = None,
                    (c, None) if c.is_whitespace() => words.push(String::new()),
                    _ => words.last_mut().unwrap().push(c),
                }
            }
            words.retain(|word| !word.is_empty() && word != "\\");
            words
        })
        .collect()
}

/// Every file that shows how to run it every day.
const FILES: [&str; 8] = [
    "README.md",
    "docs/cookbook.md",
    "docs/operations.md",
    "docs/packaging/README.md",
    "docs/packaging/Dockerfile",
    "docs/packaging/daily.yml",
    "docs/packaging/fimi.cron",
    "docs/packaging/fimi.service",
];

#[test]
fn every_scan_that_is_shown_is_understood() {
    let env = TestEnv::new();
    let mut tried = 0;
    for file in FILES {
        for args in scans(&read(file)) {
            // With a source that is not asked, all flags are read and the run ends for want of an article.
            let mut command = env.command();
            let place = env.path("out");
            let args = args.iter().map(|arg| match arg.as_str() {
                arg if arg.starts_with("/var/lib")
                    || arg.starts_with("/srv")
                    || arg.starts_with("/data") =>
                {
                    place.join(arg.trim_start_matches('/')).display().to_string()
                }
                arg => arg.to_owned(),
            });
            command.arg("scan").args(args).args(["--max-time", "0s"]);
            // Nothing is asked of anybody.
            let nowhere = "http://127.0.0.1:9";
            let output =
                command.env("HTTP_PROXY", nowhere).env("HTTPS_PROXY", nowhere).output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_ne!(output.status.code(), Some(2), "{file}: {told}");
            tried += 1;
        }
    }
    assert!(tried >= 8, "{tried}");
}

#[test]
fn units_and_workflows_hold_what_they_need() {
    let service = read("docs/packaging/fimi.service");
    for line in ["Type=oneshot", "SuccessExitStatus=3 5", "DynamicUser=yes", "StateDirectory=fimi"]
    {
        assert!(service.lines().any(|found| found == line), "{line}");
    }
    assert!(read("docs/packaging/fimi.timer").contains("OnCalendar=*-*-* 05:17:00 UTC"));
    let daily = read("docs/packaging/daily.yml");
    assert!(daily.contains("cron: \"17 5 * * *\"") && daily.contains("0|3|5)"));
    let image = read("docs/packaging/Dockerfile");
    assert!(image.contains("FROM scratch") && image.contains("USER 10001"));
    let version = env!("CARGO_PKG_VERSION");
    assert!(read("CITATION.cff").contains(&format!("\nversion: {version}\n")));
    let release = read("docs/packaging/release.yml");
    assert!(release.contains("docs/packaging/pack") && release.contains("--profile dist"));
}

#[test]
#[expect(clippy::print_stderr, reason = "a check that was left out is told")]
fn systemd_understands_the_units() {
    let tool = Command::new("systemd-analyze").arg("--version").output();
    if !tool.is_ok_and(|output| output.status.success()) {
        eprintln!("systemd-analyze is not here: the units were not verified");
        return;
    }
    let env = TestEnv::new();
    let binary = std::path::PathBuf::from(env.command().get_program());
    let service = read("docs/packaging/fimi.service")
        .replace("/usr/bin/fimi", &binary.display().to_string())
        .replace("Documentation=man:fimi(1)\n", "");
    let service = env.write("fimi.service", service);
    let timer = env.write("fimi.timer", read("docs/packaging/fimi.timer"));
    for unit in [service, timer] {
        let output = Command::new("systemd-analyze").arg("verify").arg(&unit).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let about_ours = told.lines().any(|line| line.contains("fimi."));
        assert!(!about_ours, "{told}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let env = TestEnv::new();
    env.run(&["man", "--dir", "man"], 0);
    let pages: Vec<String> = std::fs::read_dir(env.path("man"))
        .unwrap()
        .map(|page| page.unwrap().file_name().into_string().unwrap())
        .collect();
    for page in ["fimi.1", "fimi-scan.1", "fimi-analyze.1", "fimi-diff.1"] {
        assert!(pages.iter().any(|found| found == page), "{pages:?}");
    }
    let scan = std::fs::read_to_string(env.path("man/fimi-scan.1")).unwrap();
    assert!(scan.contains("fail\\-on") && scan.contains("append"), "options of the command");
}

#[test]
fn an_archive_of_a_release_is_packed_the_same_each_time() {
    let env = TestEnv::new();
    // Packing the binary of the tests itself would take a minute: a script that calls it stands for it.
    let program = std::path::PathBuf::from(env.command().get_program());
    let binary = env.path("fimi");
    std::fs::write(&binary, format!("#!/bin/sh\nexec '{}' \"$@\"\n", program.display())).unwrap();
    std::fs::set_permissions(&binary, std::fs::Permissions::from_mode(0o755)).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/packaging/pack");
    let pack = |name: &str| {
        let dir = env.path(name);
        std::fs::create_dir(&dir).unwrap();
        let output = Command::new(&script).arg(&binary).arg("fimi-test").current_dir(&dir).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read_to_string(dir.join("fimi-test.tar.gz.sha256")).unwrap()
    };
    assert_eq!(pack("one"), pack("two"));
}
