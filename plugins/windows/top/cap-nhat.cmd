@echo off
chcp 65001 >nul
set "BAN="
if exist "%~dp0may\ban-moi.txt" set /p BAN=<"%~dp0may\ban-moi.txt"
if exist "%~dp0may\dang-dung.txt" set /p BAN=<"%~dp0may\dang-dung.txt"
if not exist "%~dp0may\%BAN%\python\python.exe" (
  echo Chưa cập nhật được: cạnh tệp này không có đủ thư mục may. Chép tệp zip mới và tệp này vào đúng thư mục có xem-thu.cmd.
  pause
  exit /b 1
)
rem Cả khối được đọc một lần: cập nhật có thể thay chính tệp này trong khi nó chạy.
(
  "%~dp0may\%BAN%\python\python.exe" -X utf8 -m plugins.windows.updating %*
  pause
  exit /b
)
