@echo off
chcp 65001 >nul
pushd "%~dp0"
set "PYTHONUTF8=1"
set "PYTHON=python"
set "BAN="
if exist tasks.py goto du_an
if exist may\ban-moi.txt set /p BAN=<may\ban-moi.txt
if exist may\dang-dung.txt set /p BAN=<may\dang-dung.txt
if defined BAN if not exist "may\%BAN%\python\python.exe" set /p BAN=<may\ban-moi.txt
if "%PROCESSOR_ARCHITECTURE%"=="x86" if not defined PROCESSOR_ARCHITEW6432 goto may_cu
if not defined BAN goto chua_giai_nen
if not exist "may\%BAN%\python\python.exe" goto chua_giai_nen
rem Cả khối được đọc một lần: cập nhật có thể thay chính tệp này trong khi nó chạy.
(
  "may\%BAN%\python\python.exe" -X utf8 "may\%BAN%\tasks.py" preview %*
  if errorlevel 1 pause
  popd
  exit /b
)

:du_an
where py >nul 2>nul && set "PYTHON=py -3"
%PYTHON% tasks.py preview %*
if errorlevel 1 (
  echo.
  echo Chưa mở được bản xem thử. Nếu máy chưa có Python 3.11 trở lên, hãy cài từ python.org rồi bấm đúp lại tệp này,
  echo hoặc xin người phụ trách kỹ thuật bộ chạy trên Windows không cần cài gì.
  pause
)
popd
exit /b

:chua_giai_nen
echo Chưa mở được: cạnh tệp này không có đủ thư mục may.
echo Hãy giải nén trước: bấm chuột phải vào tệp zip, chọn "Extract All" ^(Giải nén tất cả^), rồi bấm đúp xem-thu.cmd
echo trong thư mục vừa giải nén. Đừng mở thẳng bên trong tệp zip, đừng chép riêng tệp này ra chỗ khác.
pause
popd
exit /b 1

:may_cu
echo Máy này chạy Windows 32 bit; bộ này cần Windows 10 hoặc 11 loại 64 bit.
pause
popd
exit /b 1
