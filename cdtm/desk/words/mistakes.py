"""Why something cannot be done, in Chinese: sentences of errors with places to fill.

They are named by their English, as it is written where they are raised; a test holds this table
against those places. What is not among them is shown in English as it is.
"""

from __future__ import annotations

from errno import ENOMEM
from typing import Final

from cdtm.troubles import CURES

_CURES: Final = {
    "free some space, or write elsewhere": "请腾出空间，或换一处写入",
    "write it in parts, or elsewhere": "请分几部分写，或换一处写入",
    "write elsewhere": "请换一处写入",
    "ask its owner for permission, or write elsewhere": "请向所有者索取权限，或换一处写入",
    "allow more open files: ulimit -n 1024": "请允许打开更多文件：ulimit -n 1024",
    "close other programs": "请关闭其他程序",
    "close other programs, or take fewer workers": "请关闭其他程序，或减少工作进程",
    "look whether the disk is sound": "请检查磁盘是否完好",
    "open the output that was closed": "请打开已关闭的输出",
    "it must be a file: move the folder elsewhere": "此处须为文件：请移走文件夹",
    "it must be a folder: move the file elsewhere": "此处须为文件夹：请移走文件",
    "give a shorter name": "请用较短的名称",
    "give the file that the link should lead to": "请补上链接所指的文件",
}
"""What helps against a trouble of the machine; see `cdtm.troubles`."""

MISTAKES: Final = {
    # A correction.
    "This row was changed meanwhile: look at it as it is now.": "此行已被改动：请看现在的样子。",
    "The other row was changed meanwhile: look at it as it is now.": (
        "另一行已被改动：请看现在的样子。"
    ),
    "The record is no longer in the memory.": "该记录已不在记忆库中。",
    "the record is no longer in the memory.": "该记录已不在记忆库中。",
    "There is no record {name} in this memory.": "本记忆库中没有记录 {name}。",
    "What was decided on this row keeps it in its place already.": "此行已有决定，位置已定。",
    "This row was pinned by {who}: accept or reject it, or leave it.": (
        "此行由 {who} 固定：请标为可用或剔除，或保持不变。"
    ),
    "There is no decision {name}.": "没有“{name}”这种决定。",
    "There is no label {name}.": "没有“{name}”这种标签。",
    "A null link holds no pair to decide on: accept it as one, edit it, or merge it.": (
        "无对应的句子不成对译：请确认其无对应，或编辑、合并。"
    ),
    "The {name} is no text of at most {n} characters.": "{name} 须为不超过 {n} 字的文字。",
    "The {name} is no number of characters.": "{name} 须为字数。",
    "The side is zh or en.": "须说明是 zh 还是 en 一侧。",
    "What was sent is no JSON object.": "收到的不是 JSON 对象。",
    "An edit without new text: write it in new zh or new en, or choose accept.": (
        "没有改动文字：请修改，或标为可用。"
    ),
    "One side would stay empty: write its text too, or choose reject.": (
        "有一侧仍为空：请补上文字，或剔除。"
    ),
    "New text, but the decision is {reason}: choose edit, or delete the text.": (
        "决定是“{reason}”却有新文字：请选编辑，或删去新文字。"
    ),
    "A split needs both halves in new zh and in new en, with one line break between.": (
        "拆分时两侧各须为两半，中间恰有一个换行。"
    ),
    "New zh and new en need a line for each new unit, as many on both sides.": (
        "两侧的新文字须各为每个新单元一行，行数相同。"
    ),
    "A line has nothing on both sides: delete it.": "有一行两侧皆空：请删去。",
    "{who} decided {reason}, {me} {said}: yours waits; Mine counts puts it in the other's place.": (
        "{who} 的决定是“{reason}”，{me} 的是“{said}”：您的决定暂存，“以我的为准”使之生效。"
    ),
    "another reviewer decided, {me} {said}: yours waits; Mine counts puts it in the other's "
    "place.": ("另一审校者已有决定，{me} 的是“{said}”：您的决定暂存，“以我的为准”使之生效。"),
    "{reason} with other text": "{reason}（文字不同）",
    "This cannot be taken back: what {who} decided later rests on it.": (
        "不能撤销：{who} 后来的决定以此为基础。"
    ),
    "It cannot be done: {reason}": "无法执行：{reason}",
    "the text is another since the record was built anew.": "记录重建后文字已不同。",
    "the unit is no longer in the record.": "该单元已不在记录中。",
    "the text was changed since the book was made, by {who}.": "文字此后已由 {who} 改动。",
    "it is the last unit of the record: there is none to merge it with.": (
        "这是记录的最后一个单元，无可合并。"
    ),
    "the next unit was rejected, so it cannot be merged.": "下一单元已剔除，不能合并。",
    "the next unit is another than the one it was merged with.": "下一单元已不是当时所合并的。",
    "row {n} says {reason} of the next unit, which this would take in: leave one of the two "
    "empty.": "第 {n} 行对下一单元的决定是“{reason}”，而此处要并入它：请留空其一。",
    "it is a half of a split already: edit the whole unit instead.": (
        "它已是拆分所得的一半：请改为编辑整个单元。"
    ),
    "a split needs both halves in new zh and in new en, with one line break between.": (
        "拆分时两侧各须为两半，中间恰有一个换行。"
    ),
    "the new texts are not those of this unit and the ones after it.": (
        "新文字与本单元及其后各单元的文字不符。"
    ),
    "new zh and new en need a line for each new unit.": "两侧的新文字须各为每个新单元一行。",
    "a unit among these was rejected, so they cannot be paired anew.": (
        "其中有已剔除的单元，不能重新配对。"
    ),
    "these rows have no room for so many: pair fewer of them at once.": (
        "这些行容不下这么多：请一次少配几行。"
    ),
    # Borders.
    "Nothing would change: the rows are paired like this.": "不会有变化：各行已如此配对。",
    "There is no row before the first one.": "第一行之前没有行。",
    "There is no row behind the last one.": "最后一行之后没有行。",
    "A row is linked with another one.": "请与另一行连接。",
    "This row was decided or pinned, and stays: go to one that is not.": (
        "此行已决定或固定，不再变动：请到别的行。"
    ),
    "There is no text to move on this side.": "这一侧没有可移动的文字。",
    "{n} Chinese and {m} English sentences lie between two fixed points: pin or accept a row "
    "among them first.": (
        "两个固定点之间有 {n} 个中文句和 {m} 个英文句：请先在其中固定一行或标为可用。"
    ),
    # Looking up.
    "The text has {n} characters: give at most {m}.": "文字有 {n} 字：至多 {m} 字。",
    "There is no order {name}: {list}.": "没有排序“{name}”：{list}。",
    "There is no tier {name}: accepted, review or all.": "没有级别“{name}”：可用、待审或全部。",
    "A confidence is a number from 0 to 100, not {text}.": "置信度是 0 到 100 的数，不是 {text}。",
    "Units are written as {list}.": "单元可存为 {list}。",
    "{said} {text} is no date: write it as 2015-07-21, or the year 2015.": (
        "“{said}”中的 {text} 不是日期：请写作 2015-07-21，或年份 2015。"
    ),
    "{said} {text} is no day of the calendar: write it as 2015-07-21, or the year 2015.": (
        "“{said}”中的 {text} 不是日历上的日子：请写作 2015-07-21，或年份 2015。"
    ),
    "{said} {text} is after {reason} {day}: exchange them.": (
        "“{said}” {text} 晚于“{reason}” {day}：请对调。"
    ),
    "1 sentence that holds it has no translation.": "另有 1 句含此文字而无对应。",
    "{n} sentences that hold it have no translation.": "另有 {n} 句含此文字而无对应。",
    "Say also what is looked for: zh:核裁军 en:!disarmament.": (
        "请同时写出要查什么：zh:核裁军 en:!disarmament。"
    ),
    "Of {n} units with words of the same stem the newest {m} were read.": (
        "含同词干词语的单元有 {n} 个，读了最新的 {m} 个。"
    ),
    "1 unit that holds it has no date, and the chosen days leave it out.": (
        "含此文字的单元有 1 个没有日期，未列入所选时段。"
    ),
    "{n} units that hold it have no date, and the chosen days leave them out.": (
        "含此文字的单元有 {n} 个没有日期，未列入所选时段。"
    ),
    "Sentences near the text are left out, for the memory was built with another encoder that is "
    "not to be had: {reason}": "未列近似句：建库所用的编码器已不可得：{reason}",
    "Sentences near the text are left out, for the memory was built with the encoder {name}, and "
    "this is {other}: run cdtm build again.": (
        "未列近似句：建库所用的编码器是 {name}，现为 {other}：请重新运行 cdtm build。"
    ),
    "Sentences near the text are left out, for their index is missing or damaged: run cdtm build "
    "again.": "未列近似句：其索引缺失或损坏：请重新运行 cdtm build。",
    "Sentences near the text are left out, for the memory was built with another encoder, which "
    "was not noted: run cdtm build again.": (
        "未列近似句：建库用了未记名的另一编码器：请重新运行 cdtm build。"
    ),
    # Terms.
    "The built-in glossary says {text}; {n} of {m} units agree.": (
        "内置术语表作 {text}；{m} 个单元中 {n} 个一致。"
    ),
    "The built-in glossary says {text}; {n} of {m} units agree, and another form of it in {k}.": (
        "内置术语表作 {text}；{m} 个单元中 {n} 个一致，另有 {k} 个用其另一写法。"
    ),
    "The imported glossary says {text}; {n} of {m} units agree.": (
        "导入的术语表作 {text}；{m} 个单元中 {n} 个一致。"
    ),
    "The imported glossary says {text}; {n} of {m} units agree, and another form of it in {k}.": (
        "导入的术语表作 {text}；{m} 个单元中 {n} 个一致，另有 {k} 个用其另一写法。"
    ),
    "{text} is also rendered {list}.": "{text} 另译 {list}。",
    "It must be said what is decided on which terms.": "须说明对哪些术语作什么决定。",
    "A term has a Chinese and an English form.": "术语须有中文和英文写法。",
    "A form has at most {n} characters.": "写法至多 {n} 字。",
    "The {name} are no list of at most {n}.": "{name} 须为至多 {n} 项的列表。",
    "Terms are written as {list}.": "术语可存为 {list}。",
    "No unit is chosen: ask for other days or symbols, or build records.": (
        "没有选中单元：请换日期或文号，或先建库。"
    ),
    "Another import is at work in {folder}: wait for it, or end it.": (
        "{folder} 中正在进行另一次导入：请等待或结束它。"
    ),
    # Files, the workspace and its memory.
    "This record was imported, and its file is not kept here.": "本记录是导入的，此处未存其文件。",
    "The files of this record are not known here.": "不知道本记录的文件在何处。",
    "{name} is no longer where the record was built from.": "{name} 已不在建库时的位置。",
    "{name} was changed since the record was built: run cdtm build.": (
        "{name} 在建库后已改动：请重新运行 cdtm build。"
    ),
    "{name} cannot be read: {said}.": "{name} 无法读取：{said}。",
    "There is no file {name} in {folder}: look whether it was moved.": (
        "{folder} 中没有文件 {name}：请看是否已移走。"
    ),
    "The tables of this record are gone: run cdtm build.": "本记录的表已不在：请运行 cdtm build。",
    "The memory holds no unit: run cdtm build first.": "记忆库是空的：请先运行 cdtm build。",
    "There is no memory {path}: make it with cdtm build.": (
        "没有记忆库 {path}：请用 cdtm build 建立。"
    ),
    "Another build is at work in {folder}: wait for it, or end it.": (
        "{folder} 中正在建库或采纳审校：请等待或结束它。"
    ),
    "Nothing may be written in {folder} ({said}): ask its owner for permission, or copy the "
    "workspace.": "{folder} 中不可写入（{said}）：请向所有者索取权限，或复制工作区。",
    "{name} is another program's file: give the workspace of a cdtm build.": (
        "{name} 是其他程序的文件：请给出 cdtm build 的工作区。"
    ),
    "{name} was written by a newer cdtm: update cdtm to use it.": (
        "{name} 由较新的 cdtm 写成：请更新 cdtm。"
    ),
    "{path} cannot be written: free some space on the disk, or write elsewhere.": (
        "{path} 无法写入：请腾出磁盘空间，或换一处写入。"
    ),
    "{path} is gone: {cure}.": "{path} 已不在：{cure}。",
    "{path} is damaged: {cure}.": "{path} 已损坏：{cure}。",
    "{path} cannot be used ({said}): {cure}.": "{path} 无法使用（{said}）：{cure}。",
    "remove it, and cdtm build makes it anew, with all decisions": (
        "请删除它，cdtm build 会连同所有决定重新建立"
    ),
    "cdtm build makes it anew, surely with --force --only {key}": (
        "cdtm build 会重新建立，加 --force --only {key} 必定重建"
    ),
    "cdtm import of the file it came from makes it anew, after --forget": (
        "先 --forget，再用 cdtm import 导入原文件即可重建"
    ),
    "cdtm build RECORDS -w {folder} makes it anew (with --store, if it had one)": (
        "cdtm build RECORDS -w {folder} 会重新建立（原有 --store 者须加上）"
    ),
    "cdtm build brings it back from {file}, which holds {said}": (
        "cdtm build 会从 {file}（内有 {said}）恢复"
    ),
    "what reviewers decided cannot be made again: put a backup of it in its place, or move it to "
    "another folder (with {file}) to go on without those decisions": (
        "审校者的决定无法重建：请放回其备份，或把它（连同 {file}）移到别处，放弃这些决定后继续"
    ),
    "another program uses it: let it finish, then try again": "其他程序正在使用：请待其结束后再试",
    "free space on the disk, then try again": "请腾出磁盘空间后再试",
    "it must be a file, in a folder that you may write to": "须为您可写的文件夹中的文件",
    "ask for the right to use it, or copy the workspace": "请索取使用权限，或复制工作区",
    "ask for the right to write it, or copy the workspace": "请索取写入权限，或复制工作区",
    "look whether the disk is full or faulty, then try again": (
        "请检查磁盘是否已满或有故障，然后再试"
    ),
    "cdtm could not do this: it is a fault of the program.": "cdtm 未能完成：这是程序的错误。",
    f"Out of memory: {CURES[ENOMEM]}.": "内存不足：请关闭其他程序，或减少工作进程。",
    **{f"{{said}}: {english}.": f"{{said}}：{chinese}。" for english, chinese in _CURES.items()},
    # Who may reach the desk.
    "This desk is another user's: start one of your own with cdtm serve.": (
        "这是另一用户的工作台：请用 cdtm serve 启动自己的。"
    ),
    "This address is not the desk's: open the one that cdtm serve printed.": (
        "这不是工作台的地址：请打开 cdtm serve 所示的地址。"
    ),
    "The address is too long.": "地址太长。",
    "The request is too long.": "请求太长。",
    "Another page asked for this.": "这是另一网页的请求。",
    "Nobody says which page asks for this.": "不知是哪个网页的请求。",
    "The page is of an earlier run: load it anew.": "本页属于上次运行：请重新加载。",
    "Only JSON is read.": "只接受 JSON。",
}
"""English with places in braces, and the Chinese; places of `cdtm.desk.words.language.NESTED` are
translated in their turn."""
