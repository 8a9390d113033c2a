//! What can be wrong with a cell or a formula, before it is known where it stands.

use crate::terms::problems::{Path, Problems, closest};

/// One fault, without its place.
#[derive(Debug)]
pub(crate) struct Fault {
    pub code: &'static str,
    pub zh_cn: String,
    pub en: String,
}

impl Fault {
    pub(crate) fn new(code: &'static str, zh_cn: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault { code, zh_cn: zh_cn.into(), en: en.into() }
    }

    pub(crate) fn type_clash(zh_cn: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault::new("type_clash", zh_cn, en)
    }

    pub(crate) fn number_too_long() -> Fault {
        Fault::new("out_of_range", "数字最多 28 位", "a number has at most 28 digits")
    }

    /// A name that is declared nowhere.
    pub(crate) fn unknown_name(name: &str, names: &[&str]) -> Fault {
        let (zh_cn, en) = match closest(name, names) {
            Some(near) => (
                format!("没有名为 {name} 的事实或决策；是不是 {near}？"),
                format!("there is no fact or earlier decision named {name}; did you mean {near}?"),
            ),
            None => {
                (format!("没有名为 {name} 的事实或决策"), format!("there is no fact or earlier decision named {name}"))
            }
        };
        Fault::new("unknown_name", zh_cn, en)
    }

    pub(crate) fn report(self, path: &Path, problems: &mut Problems) {
        problems.add(self.code, path, self.zh_cn, self.en, None);
    }
}
