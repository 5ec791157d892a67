/// The legal forms of companies, which say nothing about who a company is.
///
/// They are written as `NameFolding` leaves them. The list was made from the abbreviations that
/// company law of the countries named uses; a form that is missing only keeps two names apart.
enum LegalForms {
  /// Forms of one word or several at the end of a name, by country or family of law.
  private static let trailing: [String] = [
    // English-speaking countries, India, Singapore, Malaysia, South Africa
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "l l c",
    "llp", "lp", "plc", "pllc", "pc", "pte", "pty", "pvt", "private", "public limited company",
    "proprietary", "bhd", "berhad", "sdn", "cic", "unlimited", "ulc",
    // German-speaking countries
    "gmbh", "mbh", "ggmbh", "ag", "kg", "kgaa", "ohg", "ug", "haftungsbeschrankt", "gbr", "ek",
    "e k", "eg", "ev", "e v", "partg", "partgmbb", "stiftung",
    // French-speaking countries, Belgium, Luxembourg
    "sa", "s a", "sarl", "s a r l", "sas", "sasu", "snc", "sca", "scs", "sci", "eurl", "sprl",
    "scop",
    "srl", "scrl", "asbl", "ste",
    // Italy
    "spa", "s p a", "s r l", "srls", "sapa", "snc di", "scarl",
    // Spain, Portugal, Latin America
    "sl", "slu", "sau", "sll", "slne", "s l", "sad", "lda", "ltda", "limitada", "eireli",
    "sa de cv", "s de rl", "s de rl de cv", "sapi de cv", "sab de cv", "s en c", "spr de rl",
    "eirl", "saic", "sac", "saa", "sas bic", "epp",
    // Netherlands, Scandinavia, Finland, Iceland, Baltic
    "bv", "nv", "vof", "cv", "ab", "publ", "hb", "kb", "as", "a s", "asa", "ans", "aps", "ivs",
    "oy", "oyj", "ky", "tmi", "ehf", "hf", "ou", "uab", "sia",
    // Central and eastern Europe
    "sp zoo", "sp z oo", "sp z o o", "spolka z oo", "sp k", "sp j", "psa", "sro", "s r o", "spol",
    "spol s r o", "spol s ro", "vos", "kft", "zrt", "nyrt", "bt", "doo", "d o o", "dd", "d d", "ad",
    "ood", "eood", "ead", "ooo", "oao", "zao", "pao", "ao", "tov", "ооо", "оао", "зао",
    "пао", "ао", "ип", "тов", "еоод", "оод", "ад",
    // Greece, Turkey, Israel, the Gulf
    "ae", "epe", "ike", "as ltd sti", "ltd sti", "sti", "anonim sirketi", "bm", "fze", "fzco",
    "fzc", "wll", "psc", "pjsc", "ksc", "saog",
    // European and other
    "se", "sce", "eeig", "geie", "tbk", "persero", "jsc", "ojsc", "cjsc", "kk", "k k", "gk", "yk",
    "cia", "株", "有", "주", "בעמ", "लिमिटेड",
  ]

  /// Words at the beginning of a name: forms that stand first, and the article.
  private static let leading: [String] = [
    "the", "pt", "ooo", "oao", "zao", "pao", "ао", "ооо", "оао", "зао", "пао", "тов", "ип", "株",
    "有", "주",
  ]

  /// Words that join a form to a name, as in "Smith & Co".
  static let connectives = ByteTexts(folding: [
    "and", "und", "et", "y", "e", "i", "en", "og", "och",
  ])

  /// Forms written without a space, before or behind the name.
  static let joined: [[UInt8]] = [
    "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "股份有限公司", "有限责任公司", "有限責任公司",
    "有限公司", "주식회사", "유한회사",
  ].map(NameFolding.folded)

  static let endings = ByteTexts(folding: trailing)
  static let beginnings = ByteTexts(folding: leading)
  /// How many words the longest ending has.
  static let mostWords = trailing.map { $0.split(separator: " ").count }.max() ?? 1
}

extension ByteTexts {
  fileprivate init(folding texts: [String]) { self.init(texts.map(NameFolding.folded)) }
}
