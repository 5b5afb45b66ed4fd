// The type of a file by its first bytes.
const letters = (bytes, start, end) => String.fromCharCode(...bytes.slice(start, end));
// HEIC, from phones, and AVIF.
const stills = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"]);
const convert = "mở ảnh ấy rồi lưu lại thành JPG";

// Returns why a file cannot be a photo of a story, with what to do; "" if it can.
export async function refuse(file) {
  let bytes;
  try {
    bytes = new Uint8Array(await file.slice(0, 32).arrayBuffer());
  } catch {
    return `${file.name}: không đọc được, hoặc là một thư mục; mở thư mục ra rồi chọn từng ảnh`;
  }
  const reason = judge(bytes, file.name.toLowerCase());
  return reason && `${file.name}: ${reason}`;
}

function judge(bytes, name) {
  const start = letters(bytes, 0, 4);
  if (!bytes.length) return "tệp trống (0 byte); chép lại ảnh từ máy chụp";
  if (start.startsWith("\xff\xd8\xff") || start === "\x89PNG") return "";
  if (start === "RIFF" && letters(bytes, 8, 12) === "WEBP") return "";
  if (letters(bytes, 4, 8) === "ftyp") {
    const brand = letters(bytes, 8, 12);
    if (stills.has(brand)) return "";
    return "đây là video, không phải ảnh; đăng video ở nơi khác rồi dẫn liên kết trong bài";
  }
  if (/\.(docx?|odt|rtf)$/.test(name)) return "đây là tệp văn bản, không phải ảnh; nhập tệp Word ở trang Ban biên tập";
  if (start === "%PDF") return "đây là tệp PDF, không phải ảnh; chụp hay lưu trang cần dùng thành ảnh JPG, hoặc gõ lại nội dung vào bài";
  if (start.startsWith("GIF8") || start.startsWith("BM") || start === "II*\0" || start === "MM\0*") {
    return `kiểu ảnh này trang không nhận; ${convert}`;
  }
  if (start === "\x1aE\xdf\xa3" || start === "RIFF" || /\.(mp4|mov|avi|mkv|3gp|wmv|mts)$/.test(name)) {
    return "đây là video, không phải ảnh; đăng video ở nơi khác rồi dẫn liên kết trong bài";
  }
  return "tệp này không phải ảnh; chỉ thả ảnh JPG, PNG, WebP hoặc HEIC";
}
