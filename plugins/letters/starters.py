"""The built-in template of each kind of letter: formal layout with fields, without any place or person."""

from datetime import date

from docx.shared import Cm

from plugins.content.vocabulary.terms import Office
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.official.document import IssuedDocument, mark_gap
from plugins.official.issuer import Issuer
from plugins.official.paper import add_line
from plugins.word.making import save_document

# An office whose facts are the fields themselves, so that the letterhead consists of fields.
_OFFICE = Office(name="«tiêu đề cơ quan»", governing_body="«tiêu đề cấp trên»", area="«địa danh»")
_NO_DAY = date(2020, 1, 1)


class _Starter(IssuedDocument):
    def __init__(self, subject: str, number: str) -> None:
        super().__init__(Issuer(_OFFICE, None, Vocabulary(), _NO_DAY), subject, number, None)
        self.dated = "«ngày văn bản»"
        # Fields in the file's properties would stay unfilled.
        about = self.word.core_properties
        about.title, about.author = subject.replace(" năm «năm»", ""), ""
        self.add_letterhead()

    def add_all(self, *paragraphs: str) -> None:
        """Add paragraphs of text; those that begin with a Roman number are headings."""
        for text in paragraphs:
            add = self.add_heading if text.partition(".")[0] in ("I", "II", "III", "IV", "V") else self.add
            add(text)

    def close(self, *recipients: str) -> bytes:
        """Add the recipients and the signature. Return the file's bytes."""
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        self.add_signature(recipients)
        return save_document(self.word)


def _make_urging() -> bytes:
    starter = _Starter("Đôn đốc thực hiện phong trào thi đua “Dân vận khéo”", "        /MTTQ-BTT")
    about = "V/v đôn đốc thực hiện phong trào thi đua “Dân vận khéo” năm «năm»"
    add_line(starter.word.tables[0].rows[0].cells[0], about, 12)
    starter.add("Kính gửi: «nơi nhận công văn»", center=True).paragraph_format.space_before = Cm(0.6)
    starter.add_all(
        "«Cơ quan ban hành» «mở đầu».",
        "Đến ngày «ngày», theo sổ theo dõi, «tên xã» còn «số nội dung còn thiếu» nội dung sau:",
    )
    heads = ("TT", "Nội dung", "Hạn gửi", "Tình trạng")
    row = ("«số thứ tự»", "«nội dung còn thiếu»", "«hạn gửi»", "«tình trạng»")
    starter.grid([heads, row], [1.2, 7.2, 2.8, 4.8])
    starter.add_all(
        "Đề nghị «nơi nhận công văn» «yêu cầu».",
        "Nội dung nào đã gửi mà sổ chưa ghi, hoặc còn vướng mắc, đề nghị trao đổi lại qua số «điện thoại».",
        "Trân trọng./.",
    )
    return starter.close("Như trên")


def _make_plan() -> bytes:
    starter = _Starter("Thực hiện phong trào thi đua “Dân vận khéo” năm «năm»", "        /KH-MTTQ-BTT")
    starter.add_title("KẾ HOẠCH")
    starter.add_all(
        "Căn cứ «căn cứ», «cơ quan ban hành» xây dựng kế hoạch thực hiện phong trào thi đua “Dân vận khéo” năm «năm» "
        "như sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Tìm ra những tập thể, cá nhân, mô hình vận động nhân dân khéo và có hiệu quả; biểu dương và nhân rộng.",
        "2. Việc làm cụ thể, sát cơ sở, có sự đồng thuận và tham gia của nhân dân; bình xét công khai, không chạy theo "
        "hình thức.",
        "II. NỘI DUNG",
        "1. Thi đua “Dân vận khéo” trong các lĩnh vực:",
        "- «Lĩnh vực»;",
        "2. Gắn với các cuộc vận động, phong trào:",
        "- «Phong trào»;",
    )
    mark_gap(starter.add("3. Nội dung trọng tâm của năm: "), "[ghi nội dung trọng tâm]")
    starter.add_all("III. THỜI HẠN", "«Mặt trận các địa bàn» gửi «cơ quan ban hành» theo các hạn sau:")
    starter.grid([("TT", "Nội dung", "Thời hạn"), ("«số thứ tự»", "«việc»", "«thời hạn»")], [1.2, 8.8, 6.0])
    starter.add_all(
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. «Cơ quan ban hành» hướng dẫn, theo dõi, đôn đốc, kiểm tra việc thực hiện; tổng hợp kết quả, giới thiệu "
        "điển hình trên trang thông tin.",
        "2. «Mặt trận các địa bàn» phối hợp với các tổ chức thành viên đăng ký, thực hiện, giới thiệu tin, "
        "bài về điển hình và báo cáo kết quả đúng hạn.",
        "Trên đây là Kế hoạch thực hiện phong trào thi đua “Dân vận khéo” năm «năm» của «cơ quan ban hành»./.",
    )
    return starter.close("«nơi nhận»")


def _make_invitation() -> bytes:
    starter = _Starter("Họp bình xét điển hình “Dân vận khéo” năm «năm»", "        /GM-MTTQ-BTT")
    starter.add_title("GIẤY MỜI")
    starter.add_all(
        "«Cơ quan ban hành» trân trọng kính mời: «người được mời».",
        "Dự: họp bình xét điển hình “Dân vận khéo” năm «năm».",
        "Thời gian: «thời gian».",
        "Địa điểm: «địa điểm».",
        "Nội dung: bình xét công khai «số điển hình» điển hình đã đăng ký, có tên sau đây:",
    )
    heads = ("TT", "Mã", "Điển hình", "Loại", "Nơi thực hiện")
    row = ("«số thứ tự»", "«mã»", "«điển hình»", "«loại»", "«nơi thực hiện»")
    starter.grid([heads, row], [1.2, 3.2, 5.6, 2.0, 4.0])
    starter.add_all("Đề nghị đại biểu đến dự đúng giờ, đúng thành phần./.")
    return starter.close("Như trên")


# By the id of the kind of letter.
STARTERS = {"don-doc": _make_urging, "ke-hoach": _make_plan, "giay-moi": _make_invitation}
