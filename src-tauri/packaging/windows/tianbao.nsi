; The installer for Windows, made by `cargo xtask windows` with makensis:
;   -DVERSION=0.1.0 -DFOLDER=programs -DICON=icon.ico -DOUT=installer.exe
;   -DAMD64            a 64-bit installer (Debian's makensis; that for Windows makes 32-bit ones only)
;   -DWEBVIEW2=FILE    Microsoft's offline installer of WebView2, which is run where no runtime is registered
;   -DRUNTIME=FOLDER   a WebView2 runtime of a fixed version, unpacked, which only this program uses
; Switches of the installer: /S silent, /ALLUSERS for all users of the PC (needs an administrator), /D=FOLDER as the last.
; Switches of the uninstaller: /S silent, /DELETEDATA also the program's own data of this user.
; Exit codes: 0 done, 1 cancelled, 2 a program of an earlier installation is running, 3 this Windows is too old,
; 4 /ALLUSERS without an administrator.
Unicode true
!ifdef AMD64
Target amd64-unicode
!endif
SetCompressor /SOLID lzma
ManifestDPIAware true
RequestExecutionLevel user
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include nsDialogs.nsh
!include WinVer.nsh
!include x64.nsh

!define PRODUCT "填报"
!define OWN "Software\Tianbao"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Tianbao"
!define CLASS "Tianbao.Book"
!define WEBVIEW_CLIENT "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"

Name "${PRODUCT}"
OutFile "${OUT}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${PRODUCT}"
VIAddVersionKey "FileDescription" "${PRODUCT} 安装程序"
VIAddVersionKey "LegalCopyright" "Apache-2.0 OR MIT"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"

Var AllUsers ; 1: for all users of the PC
Var ForMe    ; the two choices of the first page
Var ForAll

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
Page custom ChooseUsers ChosenUsers
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\tianbao-desktop.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; Sets $AllUsers from the switch /ALLUSERS, the registry's view, and the folders of the user or of the PC.
!macro Users un
Function ${un}Users
  SetRegView 64
  ${If} $AllUsers == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

; $0 is 1 where this process has the rights of an administrator.
Function ${un}IsAdministrator
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 == "Admin"
    StrCpy $0 1
  ${Else}
    StrCpy $0 0
  ${EndIf}
FunctionEnd

; $0 is 1 where a program in $INSTDIR is running: Windows does not let its file be written to.
Function ${un}IsRunning
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\tianbao-desktop.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\tianbao-desktop.exe" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\tianbao.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\tianbao.exe" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd

; Asks an open window to close, as its own button does, and waits until both programs have ended. Nothing has been
; changed when this aborts.
Function ${un}CloseRunning
  Call ${un}IsRunning
  ${If} $0 == 1
    DetailPrint "正在请打开的填报窗口关闭"
    ExecWait '"$INSTDIR\tianbao-desktop.exe" --close' $1
  ${EndIf}
  ${Do}
    StrCpy $2 0
    ${Do}
      Call ${un}IsRunning
      ${If} $0 == 0
        Return
      ${EndIf}
      Sleep 250
      IntOp $2 $2 + 1
    ${LoopUntil} $2 > 20
    StrCpy $3 0
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "填报（或它的命令行程序）还在运行。请保存并关闭它，再点“重试”。现在取消不会改动任何东西。" /SD IDCANCEL IDRETRY +2
    StrCpy $3 1
  ${LoopUntil} $3 == 1
  SetErrorLevel 2
  Abort "填报还在运行，没有改动任何东西。"
FunctionEnd
!macroend
!insertmacro Users ""
!insertmacro Users "un."

; Where to install unless /D= says it: where an earlier version is, else the usual folder.
Function ChooseFolder
  ${If} $AllUsers == 1
    ReadRegStr $INSTDIR HKLM "${OWN}" "Folder"
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR "$PROGRAMFILES64\Tianbao"
    ${EndIf}
  ${Else}
    ReadRegStr $INSTDIR HKCU "${OWN}" "Folder"
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\Tianbao"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "填报需要 64 位的 Windows。这台电脑的 Windows 是 32 位的，装不了。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "填报需要 Windows 10 或更新的系统。这台电脑的 Windows 太旧，装不了。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  StrCpy $AllUsers 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    Call IsAdministrator
    ${If} $0 == 0
      MessageBox MB_ICONSTOP "为所有人安装需要管理员权限。请右键点安装程序，选“以管理员身份运行”；或者只为自己安装，那样不需要管理员。" /SD IDOK
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
  ClearErrors
  Call Users
  ${If} $INSTDIR == ""
    Call ChooseFolder
  ${EndIf}
FunctionEnd

Function ChooseUsers
  ${If} $AllUsers == 1
    Abort
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "为谁安装" "只为自己安装不需要管理员权限。"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 10u 100% 12u "只为我安装（推荐，不需要管理员）"
  Pop $ForMe
  ${NSD_CreateRadioButton} 0 30u 100% 12u "为这台电脑的所有人安装（需要管理员）"
  Pop $ForAll
  ${NSD_Check} $ForMe
  nsDialogs::Show
FunctionEnd

; For all users the installer is started again, because Windows asks for an administrator only at a start.
Function ChosenUsers
  ${NSD_GetState} $ForAll $0
  ${If} $0 == ${BST_CHECKED}
    Call IsAdministrator
    ${If} $0 == 1
      StrCpy $AllUsers 1
      Call Users
      Call ChooseFolder
    ${Else}
      ClearErrors
      ExecShell "runas" "$EXEPATH" "/ALLUSERS"
      ${If} ${Errors}
        MessageBox MB_ICONEXCLAMATION "没有得到管理员权限。可以选“只为我安装”。"
        Abort
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; $0 is the version of the WebView2 runtime that is registered for the PC or this user; empty where there is none.
Function WebView
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\${WEBVIEW_CLIENT}" "pv"
  ${If} $0 == ""
  ${OrIf} $0 == "0.0.0.0"
    ReadRegStr $0 HKCU "Software\${WEBVIEW_CLIENT}" "pv"
  ${EndIf}
  ${If} $0 == "0.0.0.0"
    StrCpy $0 ""
  ${EndIf}
FunctionEnd

Section
  Call CloseRunning
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${FOLDER}/*"
  ${If} ${Errors}
    SetErrorLevel 2
    Abort "文件写不进“$INSTDIR”。请看一下磁盘空间、文件夹权限和杀毒软件的拦截记录，再安装一次。"
  ${EndIf}
!ifdef RUNTIME
  RMDir /r "$INSTDIR\webview2"
  SetOutPath "$INSTDIR\webview2"
  File /r "${RUNTIME}/*"
  SetOutPath "$INSTDIR"
!else
  Call WebView
  !ifdef WEBVIEW2
  ${If} $0 == ""
    DetailPrint "正在安装网页组件 WebView2"
    InitPluginsDir
    File "/oname=$PLUGINSDIR\webview2.exe" "${WEBVIEW2}"
    ExecWait '"$PLUGINSDIR\webview2.exe" /silent /install' $1
    Delete "$PLUGINSDIR\webview2.exe"
    Call WebView
  ${EndIf}
  !endif
  ${If} $0 == ""
    MessageBox MB_ICONEXCLAMATION "填报已经装好，但这台电脑没有网页组件 WebView2（Microsoft Edge WebView2 Runtime），窗口还打不开。请用带 WebView2 的填报安装包，或请管理员安装 WebView2 的离线安装包。命令行程序 tianbao.exe 现在就能用。" /SD IDOK
  ${EndIf}
!endif
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\tianbao-desktop.exe"
  WriteRegStr SHCTX "${OWN}" "Folder" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${PRODUCT}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\tianbao-desktop.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "Tianbao"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" "$0"
  ; A double click on a draft book opens it.
  WriteRegStr SHCTX "Software\Classes\.tianbao" "" "${CLASS}"
  WriteRegStr SHCTX "Software\Classes\${CLASS}" "" "填报册"
  WriteRegStr SHCTX "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\tianbao-desktop.exe,0"
  WriteRegStr SHCTX "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\tianbao-desktop.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; Whether the program was installed for all users is read from the registry.
Function un.onInit
  SetRegView 64
  StrCpy $AllUsers 0
  ReadRegStr $0 HKLM "${OWN}" "Folder"
  ${If} $0 == $INSTDIR
    StrCpy $AllUsers 1
    Call un.IsAdministrator
    ${If} $0 == 0
      ${If} ${Silent}
        SetErrorLevel 4
        Quit
      ${EndIf}
      ExecShell "runas" "$INSTDIR\uninstall.exe"
      Quit
    ${EndIf}
  ${EndIf}
  Call un.Users
FunctionEnd

Section "Uninstall"
  Call un.CloseRunning
  Delete "$INSTDIR\tianbao-desktop.exe"
  Delete "$INSTDIR\tianbao.exe"
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\使用说明.txt"
  RMDir /r "$INSTDIR\webview2"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "${OWN}"
  ReadRegStr $0 SHCTX "Software\Classes\.tianbao" ""
  ${If} $0 == "${CLASS}"
    DeleteRegKey SHCTX "Software\Classes\.tianbao"
  ${EndIf}
  DeleteRegKey SHCTX "Software\Classes\${CLASS}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  ; Draft books are never removed. The program's own data of this user only where the person says so.
  SetShellVarContext current
  ${If} ${FileExists} "$LOCALAPPDATA\Tianbao\*.*"
    StrCpy $3 0
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/DELETEDATA" $R1
    ${IfNot} ${Errors}
      StrCpy $3 1
    ${ElseIfNot} ${Silent}
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "程序已卸载。填报册（.tianbao 文件）都留在原处。$\r$\n$\r$\n要不要也删除程序自己的数据？其中有填报册的自动备份、另装的标准和最近打开的列表，删除后找不回来。" IDNO +2
      StrCpy $3 1
    ${EndIf}
    ${If} $3 == 1
      RMDir /r "$LOCALAPPDATA\Tianbao"
    ${EndIf}
  ${EndIf}
SectionEnd
