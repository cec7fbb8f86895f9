//! Vietnamese.

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Fixed, Unknown};
use super::{Dates, Language};

#[rustfmt::skip]
pub(super) const VI: Language = Language {
    code: "vi",
    name: "Vietnamese",
    dates: Dates {
        half_days: &[
            ("sáng", Morning), ("trưa", Noon), ("chiều", Afternoon), ("ch", Afternoon), ("tối", Night),
        ],
        hours: "giờ",
        zone_names: &[
            ("giờ hà nội", Fixed(420)), ("giờ việt nam", Fixed(420)), ("giờ moskva", Fixed(180)),
            ("giờ moscow", Fixed(180)), ("giờ địa phương", Unknown),
        ],
        updated: &["cập nhật", "sửa đổi"],
        publication: &["đăng", "xuất bản"],
        ..Dates::NONE
    },
    ..Language::NONE
};
