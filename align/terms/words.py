"""Words that part or spoil terms, in both languages: function words, talk, courtesy, titles.

Lists of the language itself and of how meetings talk, none of a subject field: nothing here knows
what the records are about.
"""

from __future__ import annotations

import re
from typing import Final


def word_set(text: str) -> frozenset[str]:
    """Make a set of words with space between."""
    return frozenset(text.split())


CONNECTORS: Final = word_set("of on for in the and or to against a an from with into")
"""English words that may stand inside a term, never at its ends."""

EN_STOP: Final = CONNECTORS | word_set(
    "at by as that which who whom whose this these those it its he she they them their we us "
    "our i me my you your his her is are was were be been being am has have had having do "
    "does did done will would shall should can could may might must not no nor but if than "
    "then so such both either neither each every any all some many much more most other "
    "others another few several only own same too very also there here when where while how "
    "what why whether because since until before after during between among amongst within "
    "without through throughout under over above below up down out off about upon toward "
    "towards per via despite although though however therefore thus hence indeed moreover "
    "furthermore yet still again once ever never always often already just even rather quite "
    "well now today tomorrow yesterday one two three four five six seven eight nine ten first "
    "second third fourth fifth next last former latter certain various respective particular "
    "due according regarding concerning including inter alia etc mr ms mrs madam sir dr prof "
    "ambassador excellency excellencies mister january february march april june july august "
    "september october november december monday tuesday wednesday thursday friday saturday "
    "sunday s t like along around across behind beyond further instead otherwise together "
    "back away ago long longer soon later earlier yes thank thanks dear whereas wherever "
    "whenever unless except besides nevertheless nonetheless o'clock vis-à-vis vis hundred "
    "thousand million billion half least less lot lots bit little something anything nothing "
    "everything someone anyone everyone nobody myself ourselves itself themselves himself "
    "herself non cannot twenty thirty forty fifty eleven twelve"
)
"""English words that part terms."""

EN_TALK: Final = word_set(
    "thank wish hope like want believe think say said says make made makes take took taken "
    "give given gives get got go goes going come came comes see seen know known let call "
    "calls called express expressed expresses expressing emphasize emphasizes emphasized "
    "stress stresses stressed underline underlines underlined underscore underscores "
    "underscored reaffirm reaffirms reaffirmed reiterate reiterates reiterated recall recalls "
    "recalled note notes noted welcome welcomes welcomed urge urges urged remain remains "
    "remained continue continues continued become becomes became provide provides provided "
    "providing ensure ensures ensured ensuring achieve achieved achieving adopt adopted "
    "adopting establish established establishing address addressed addressing consider "
    "considered considering regard regarded join joined participate participated contribute "
    "contributed help helped need needs needed seek seeks sought require requires required "
    "recognize recognizes recognized acknowledge acknowledges acknowledged affirm affirms "
    "affirmed agree agreed agrees allow allowed allows ask asked begin began begun bring "
    "brought keep kept find found hold held lead led leave left meet met mention mentioned "
    "propose proposed put read reach reached receive received refer referred reflect "
    "reflected repeat repeated respond responded serve served share shared show shown shows "
    "speak speaking spoke start started state stated suggest suggested tell told try tried "
    "turn turned undertake undertaken use used using work worked encourage encourages "
    "encouraged convey conveyed congratulate congratulating assure assured fulfil fulfilled "
    "pursue pursuing pursued promote promoted promoting strengthen strengthened strengthening "
    "enhance enhanced enhancing prevent preventing maintain maintaining maintained preserve "
    "implement implementing implemented avoid avoiding able unable available important "
    "good better best full clear strong deep high new old early possible necessary essential "
    "vital different major main key similar whole entire real true right wrong serious proud "
    "pleased happy glad grateful honour pleasure gratitude congratulations appreciation "
    "honourable distinguished fellow esteemed colleague colleagues attention floor statement "
    "speaker speakers gentlemen ladies moment time times day days week weeks month months "
    "year years way ways thing things fact facts case cases point points part parts view "
    "views word words behalf respect order place end side kind sort lack number account "
    "opportunity question questions matter matters concern concerns issue issues reason "
    "reasons light line course means aim aims example result results effort efforts step "
    "steps importance role progress aware willing ready committed based related relevant "
    "appropriate current present recent future past previous following above-mentioned "
    "aforementioned sincere warm accordance context framework favour terms addition "
    "conformity regards relation existing ongoing increasing growing specific own so-called "
    "latter subject objective basis area areas field fields aspect aspects element elements "
    "approach position positions remark remarks intervention presentation desire readiness "
    "willingness interest interests today's hard easy fast quick constitute constitutes "
    "constituted represent represents represented commit commits add adds added lie lies fail "
    "fails failed lose lost lay laid play plays played offer offers offered create creates "
    "created creating threaten threatening threatens extend extending extended grant granting "
    "granted conclude concluding concluded negotiate negotiating resolve resolved develop "
    "developed decide decided decides submit submitted support supports supported demand "
    "demands guarantee guaranteed condemn condemns condemned apply applied accept accepted "
    "attach attaches attached entail deny include includes included exist exists existed "
    "discuss discussed discussing"
)
"""English words that say something about a thing; a term begins with none of them, and is not made
of them alone."""

EN_GENERIC_ALONE: Final = EN_TALK | word_set(
    "contribution contributions challenge challenges list lists arrangement arrangements forward "
    "well-known change changes condition conditions "
    "states country countries world people group groups member members party parties meeting "
    "meetings action actions measure measures process processes situation situations problem "
    "problems development developments discussion discussions debate debates decision "
    "decisions proposal proposals document documents text texts paper papers report reports "
    "article articles paragraph paragraphs section sections session sessions item items "
    "government governments international national global regional political military legal "
    "human social economic public nature system level form type set period date goal goals "
    "commitment commitments obligation obligations principle principles purpose purposes "
    "policy policies threat risk risks region regions conflict activity activities programme "
    "programmes president chair chairman secretary presidency representative representatives "
    "organization organizations community society body bodies office power powers force "
    "forces law laws rights conference council committee commission assembly resolution "
    "resolutions treaty treaties convention conventions agreement agreements instrument "
    "instruments declaration declarations protocol protocols peace war security weapon "
    "weapons arm arms control cooperation"
)
"""Nouns so general that one of them alone is a term of no field."""

EN_BAD_ENDS: Final = word_set(
    "international national global regional political military legal human social economic "
    "public nuclear additional effective comprehensive universal multilateral bilateral "
    "unilateral conventional biological chemical strategic humanitarian collective concrete "
    "constructive complete total early legitimate mandatory unconditional meaningful "
    "practical substantive technical negative positive active credible sustainable "
    "transparent verifiable irreversible free binding fissile different certain civil "
    "civilian foreign sovereign independent peaceful western eastern northern southern "
    "african asian european latin arab american south north west east central"
)
"""Adjectives that look like nouns to the endings below: a term of several words ends with none."""

TITLES_EN: Final = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame|Ambassadors?|Madam|President|Minister|H\.E)\.?\s+"
    r"(?=[A-Z])"
)

ZH_STOP: Final = word_set(
    "的 了 在 和 与 及 或 是 为 以 对 将 之 其 所 等 于 并 也 都 已 曾 "
    "会 能 可 应 须 而 但 则 且 即 若 如 因 由 从 自 向 到 往 把 被 使 "
    "让 给 跟 同 比 按 据 就 还 又 再 才 只 没 没有 未 很 更 最 太 极 较 "
    "越 这 那 该 此 各 每 某 本 我 你 您 他 她 它 我们 你们 他们 她们 它们 "
    "自己 大家 谁 什么 哪 怎么 如何 为何 为什么 这些 那些 这个 那个 这种 这一 "
    "这样 那样 这里 那里 其中 其他 其它 另 另外 另一 有 有些 有的 一 二 三 四 "
    "五 六 七 八 九 十 两 几 多 少 一个 一些 一种 一项 一切 所有 任何 许多 "
    "很多 不少 大量 若干 全部 以及 并且 而且 但是 然而 因此 所以 因为 由于 如果 "
    "虽然 尽管 即使 无论 不管 只要 只有 除非 除了 除 以外 之外 之间 之中 之前 "
    "之后 之下 之内 以来 以前 以后 以上 以下 期间 当 当时 时 时候 后 前 中 上 "
    "下 里 内 外 间 来 去 起 过 着 地 得 吗 呢 吧 啊 个 位 名 次 届 条 "
    "段 点 号 年 月 日 项 种 些 份 件 场 方面 关于 有关 对于 至于 根据 按照 "
    "依据 通过 随着 为了 为此 作为 基于 鉴于 经 经过 直到 至 迄今 目前 现在 "
    "今天 昨天 明天 今后 今年 去年 明年 当前 如今 已经 正在 曾经 一直 仍 仍然 "
    "依然 始终 将要 可以 能够 应该 应当 必须 需要 可能 不能 不会 不应 不可 不要 "
    "不得 不是 不仅 不但 不断 不再 亦 甚至 尤其 特别 特别是 例如 比如 包括 同时 "
    "此外 总之 首先 其次 最后 最终 然后 接着 随后 此后 于是 从而 以便 以免 进而 "
    "因而 否则 反而 非常 十分 极其 极为 相当 完全 充分 更加 更为 进一步 日益 "
    "逐步 尽快 尽早 立即 及时 早日 共同 一起 一道 分别 相互 互相 彼此 究竟 到底 "
    "确实 的确 当然 显然 其实 事实上 实际上 本身 左右 大约 约 近 近来 最近 第 "
    "第一 第二 第三 第四 第五 第六 第一次 第二次 第三次 何 皆 均 凡 遂 仅 仅仅 "
    "单单 只是 正 正是 就是 便 便是 即是 乃 倘若 假如 一样 一般 一方面 另一方面 "
    "相关 各自 各种 各个 各位 诸位 种种 每个 有人 人们 付诸 诸 置于 赞同 同意 先生 "
    "女士 阁下 谢谢 感谢 尊敬 您们 主席先生 主席女士 兼 连同 连 自从 凭 凭借 沿 "
    "沿着 朝 朝着 似乎 好像 大概 也许 是否 能否 可否 请 要 想 愿 愿意 希望 "
    "认为 表示 指出 强调 重申 欢迎 呼吁 敦促 促请 要求 提到 谈到 说 讲 看到 "
    "注意到 认识到 意识到 相信 深信 坚信 赞赏 祝贺 予以 加以 得到 受到 遭到 进行 "
    "给予 作出 做出 采取 开展 具有 拥有 存在 成为 属于 来自 提出 提供 发言 发表 "
    "介绍 参加 参与 举行 召开 继续 开始 结束 确保 使得 导致 造成 产生 带来 决定 "
    "承认 忆及 回顾 乐见 期待 有助于 致力于 旨在 用于 在于 位于 关注 严重 重要 "
    "主要 积极 有效 具体 必要 明确 坚定 强烈 切实 真正 基本 不同 同样 新的 良好 "
    "巨大 重大 广泛 深入 适当 有利 有益 令 令人 感到 一方 各方 双方 机会 方式 "
    "方法 情况 问题 事项 内容 部分 原因 结果 目的 意见 看法 观点 立场 想法"
)
"""Chinese words that part terms, or begin and end none."""

ZH_INSIDE: Final = word_set(
    "和 与 及 或 的 在 对 之 以及 外 内 上 中 间 前 不 无 非 第一 第二 "
    "第三 第四 于 可 会 不可 首先 共同 具有 特别 其他 一切 所有 最后 最终 多 各 为 "
    "重要 有效"
)
"""Those of them that may stand inside a term."""

ZH_STARTS: Final = word_set("共同 特别 最后 最终 不 无 非 可 多 首先 积极 有效 具有 不可")
"""Those that may begin one: 不扩散, 特别会议, 最后文件."""

ZH_ENDS: Final = word_set("会")
"""Those that may end one: 裁谈会."""

ZH_WEAK: Final = word_set(
    "加强 促进 推动 推进 实现 维护 建立 缔结 达成 履行 遵守 执行 落实 解决 应对 "
    "处理 防范 减少 增加 扩大 提高 改善 恢复 启动 完成 取得 获得 获取 接受 加入 "
    "签署 批准 反对 反映 考虑 谈 谈论 涉及 面临 符合 违反 损害 破坏 "
    "保持 避免 创造 制定 拟订 承诺 努力 促使 鼓励 邀请 主持 担任 "
    "属 构成 引起 体现 表明 显示 证明 说明 区分 分享 重视 理解 尊重 坚持 "
    "遵循 发挥 奠定 形成 达到 列入 纳入 载 载有 规定 提请 提议 提交 通报 "
    "听取 举办 推 作 做 用 不再 打破 走出 摆脱 需 有 "
    "无法 试图 寻求 谋求 追求 争取 欢迎 宣布 重新 再次 首次 立刻 尚未 尚 "
    "从未 早已 早 日前 支援 增强 深化 巩固 提升 敦请 受 获 遭 陷入 处于 "
    "放弃 停止 制止 开始 成立 设立 任命 选举 通过 就此 指 称 列 该项 "
    "无视 拒绝 谴责 协助 帮助 应用 提及 回应 答复 提醒 期望 "
    "主张 赞成 同意 选择 认识 了解 知道 希望 转达 表达 真诚 衷心 诚挚 热烈 满意 "
    "高兴 荣幸 具有"
)
"""Chinese verbs that seldom begin a term; those that often are nouns are not here."""

ZH_GENERIC_ALONE: Final = word_set(
    "国家 国际 世界 全球 地区 区域 人民 社会 政府 组织 集团 会议 大会 问题 工作 "
    "活动 行动 措施 进程 过程 形势 局势 情况 发展 合作 讨论 辩论 决定 建议 提案 "
    "文件 文本 案文 报告 条约 公约 协定 文书 宣言 声明 议定书 决议 项目 方案 "
    "计划 代表 主席 秘书 成员 委员会 目标 原则 宗旨 政策 承诺 义务 责任 权利 "
    "权力 利益 安全 和平 战争 冲突 威胁 风险 武器 力量 军事 政治 经济 法律 法 "
    "制度 体系 机制 框架 基础 条件 需要 意义 作用 努力 进展 成果 时间 机构 缔约 "
    "领土 保证 保障 谈判 使用 禁止 核 加强 消除 全面 共同 特别 最后 消极 积极 "
    "彻底 执行 审议 议程 会员 主要 日内瓦 声音 人员 人类 历史 能力 领域 阶段 "
    "水平 程度 形式 性质 范围 对话 协商 磋商 倡议 优先 事实 信息 内 区 届会 "
    "会期 届 国 第 各国 我国 两国 成员国 贵国 他国 本国 别国 双边 多边 单方面 "
    "多个 部长 总统 总理 外长 外交部长 同事 秘书长"
)
"""Chinese words so general that one of them alone is a term of no field."""

ZH_PERSONS: Final = re.compile("先生|女士|阁下|大使|夫人|博士|同事|尊敬")

ZH_BAD_ENDS: Final = word_set(
    "国际 全球 多边 双边 单方面 有效 全面 常规 国及 无条件 普遍 严格 独立 公正 "
    "政治 军事 法律 彻底 完全 最终 特别 共同 消极 积极 优先 首先 以 具有 不 无 "
    "非 可"
)
"""Chinese words that say something about what follows, so that no term ends with them."""

PRAISE: Final = word_set(
    "effective positive active constructive delicate tireless valuable meaningful significant "
    "substantial profound tremendous excellent outstanding strict concrete practical "
    "additional additionally closely external independent whole such global political "
    "baseless unfounded unprecedented dire grave frank intensive extensive broad wide useful "
    "lively rich fruitful international individual"
)
"""English adjectives that anything may have: what begins with one is seldom a term of a field."""
