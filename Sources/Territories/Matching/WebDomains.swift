/// Finds the domain by which a company is known on the web: of "https://www.sales.acme.co.uk/de" and
/// of "ann@mail.acme.co.uk" it is acme.co.uk.
///
/// It is the public suffix and the label before it. Suffixes of two labels are those of the list
/// below, the ones under which companies register (publicsuffix.org has all); any other suffix has one.
/// Where everybody has mail or pages (gmail.com, facebook.com) nobody is known.
struct WebDomains {
  private var host: [UInt8] = []
  /// The domain read last; empty where there is none.
  private(set) var domain: ArraySlice<UInt8> = []
  /// A number of its letters, 0 where there is none.
  private(set) var key: UInt64 = 0

  /// Reads the domain of a web address, or of a mail address where there is an `@`.
  mutating func read(_ bytes: [UInt8], _ range: Range<Int>) {
    (domain, key) = ([], 0)
    guard takeHost(bytes, range) else { return }
    // Where the last three dots are, -1 for none.
    var (third, second, last) = (-1, -1, -1)
    for position in host.indices where host[position] == UInt8(ascii: ".") {
      (third, second, last) = (second, last, position)
    }
    guard last >= 0, let top = host.last, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(top)
    else { return }
    var first = second + 1
    if PublicSuffixes.twoLabels.contains(host[first...]) {
      guard second >= 0 else { return }
      first = third + 1
    }
    let found = host[first...]
    guard let label = found.firstIndex(of: UInt8(ascii: ".")), label > first,
      !PublicSuffixes.shared.contains(found),
      !PublicSuffixes.sharedLabels.contains(found[first..<label])
    else { return }
    domain = found
    key = max(FNV.hash(found), 1)
  }

  /// Keeps the host of an address in lower case; false where there is none.
  private mutating func takeHost(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    host.removeAll(keepingCapacity: true)
    var start = range.lowerBound
    // Behind "://" and, in a mail address, behind the "@".
    for position in range where position + 2 < range.upperBound {
      if bytes[position] == UInt8(ascii: ":"), bytes[position + 1] == UInt8(ascii: "/"),
        bytes[position + 2] == UInt8(ascii: "/")
      {
        start = position + 3
        break
      }
    }
    // Where a port, or a password before an "@", begins.
    var colon: Int?
    scan: for position in start..<range.upperBound {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "@"):
        host.removeAll(keepingCapacity: true)
        colon = nil
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): break scan
      case UInt8(ascii: ":"): colon = colon ?? host.count
      case 0...0x20, UInt8(ascii: ","), UInt8(ascii: ";"):
        if !host.isEmpty { break scan }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): host.append(byte + 0x20)
      default: host.append(byte)
      }
    }
    if let colon { host.removeLast(host.count - colon) }
    while host.last == UInt8(ascii: ".") { host.removeLast() }
    return !host.isEmpty && host.first != UInt8(ascii: ".")
  }

  /// The domain of an address; nil where it names none.
  static func domain(of text: String) -> String? {
    var domains = WebDomains()
    let bytes = Array(text.utf8)
    domains.read(bytes, bytes.indices)
    return domains.domain.isEmpty ? nil : String(decoding: domains.domain, as: UTF8.self)
  }
}

/// Domains below which others register, and domains that everybody shares.
enum PublicSuffixes {
  /// Suffixes of two labels below which companies register.
  static let twoLabels = ByteTexts(
    [
      "uk": "co ltd plc org me net ac gov sch nhs", "au": "com net org edu gov id asn",
      "nz": "co net org ac govt geek gen maori school iwi", "jp": "co or ne ac ad ed go gr lg",
      "kr": "co or ne re pe go ac", "in": "co net org firm gen ind ac edu gov nic",
      "br": "com net org gov edu ind adv eng srv", "za": "co org net gov ac web",
      "il": "co org net ac gov muni", "th": "co or in ac go net", "id": "co or web ac go sch",
      "tr": "com net org gen web biz info edu gov", "tw": "com net org idv edu gov",
      "hk": "com net org idv edu gov", "sg": "com net org edu gov per", "my": "com net org edu gov",
      "cn": "com net org edu gov ac", "mx": "com net org edu gob", "ar": "com net org edu gob gov",
      "co": "com net org edu gov nom", "pe": "com net org edu gob nom", "ve": "com co net org",
      "ec": "com net org fin edu gob", "uy": "com net org edu", "py": "com net org edu",
      "bo": "com net org edu gob", "cr": "co or fi ac ed go", "gt": "com net org edu gob",
      "ua": "com net org kiev in co edu gov", "ru": "com org net msk spb pp",
      "pl": "com net org edu",
      "pt": "com org edu gov", "es": "com org nom gob edu", "it": "co gov edu", "gr": "com net org",
      "ro": "com org", "hu": "co org", "at": "co or ac gv", "fr": "com asso nom gouv tm",
      "eg": "com net org edu gov", "sa": "com net org edu gov", "ae": "co net org ac gov",
      "qa": "com net org", "kw": "com net org", "om": "com co net org", "bh": "com net org",
      "lb": "com net org", "jo": "com net org", "pk": "com net org edu gov", "bd": "com net org",
      "lk": "com net org", "np": "com net org", "vn": "com net org edu gov", "ph": "com net org",
      "kh": "com net org", "ng": "com net org edu gov", "ke": "co or ne ac go",
      "gh": "com org edu gov", "tz": "co or ne ac go", "ug": "co or ac go", "zm": "co com org",
      "zw": "co org ac gov", "ma": "co net org ac gov", "tn": "com net org", "cy": "com net org",
      "mt": "com net org", "si": "co com", "rs": "co org edu", "by": "com net", "kz": "com org",
      "eu": "com", "com": "uk eu us de cn br jpn", "us": "co",
    ].flatMap { top, labels in
      labels.split(separator: " ").map { Array("\($0).\(top)".utf8) }
    })

  /// Domains where everybody may have mail or pages.
  static let shared = ByteTexts(
    words: """
      gmail.com googlemail.com google.com aol.com aim.com icloud.com me.com mac.com mail.com email.com \
      mail.ru yandex.ru ya.ru bk.ru list.ru inbox.ru rambler.ru qq.com 163.com 126.com sina.com sohu.com \
      foxmail.com naver.com hanmail.net daum.net nate.com web.de freenet.de t-online.de arcor.de \
      online.de freemail.hu wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz abv.bg orange.fr \
      wanadoo.fr free.fr laposte.net sfr.fr neuf.fr libero.it virgilio.it tiscali.it alice.it tin.it \
      terra.com.br uol.com.br bol.com.br ig.com.br comcast.net verizon.net att.net sbcglobal.net \
      bellsouth.net cox.net charter.net earthlink.net juno.com netzero.net shaw.ca rogers.com \
      sympatico.ca btinternet.com virginmedia.com sky.com talktalk.net ntlworld.com bigpond.com \
      optusnet.com.au xtra.co.nz telia.com bluewin.ch ziggo.nl kpnmail.nl planet.nl home.nl skynet.be \
      telenet.be proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io fastmail.com \
      hushmail.com zoho.com zohomail.com rediffmail.com inbox.com mailinator.com yopmail.com \
      facebook.com fb.com linkedin.com instagram.com twitter.com x.com youtube.com xing.com \
      wordpress.com blogspot.com wixsite.com weebly.com squarespace.com github.io business.site \
      godaddysites.com jimdo.com medium.com etsy.com amazonaws.com
      """)

  /// Providers whose mail goes under the suffixes of many countries.
  static let sharedLabels = ByteTexts(
    words: "yahoo ymail rocketmail hotmail live outlook msn gmx yandex")
}
