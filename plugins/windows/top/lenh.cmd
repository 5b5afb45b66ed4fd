@echo off
chcp 65001 >nul
set "BAN="
if exist "%~dp0ban-moi.txt" set /p BAN=<"%~dp0ban-moi.txt"
if exist "%~dp0dang-dung.txt" set /p BAN=<"%~dp0dang-dung.txt"
"%~dp0%BAN%\python\python.exe" -X utf8 "%~dp0%BAN%\tasks.py" %*
