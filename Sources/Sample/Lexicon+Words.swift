extension Lexicon {
  static let english = Lexicon(
    "Kestrel|Harrow|Northgate|Blackwater|Sterling|Ashford|Calder|Redwood|Summit|Lakeshore|Pioneer|Granite|Beacon|Halcyon|Orchard|Fairview|Tidewater|Ironbridge|Silver Creek|Westbrook|Larkspur|Copperfield|Whitmore & Hale|O’Brien|Thornbury|Cascade|Evergreen|Quarry Hill|Bluestem|Saltmarsh|Hollis, Grant|Kingsway|Mariner|Foxglove|Stonehaven|Prairie|Crestline|Juniper|Windward|Old Mill|Cobalt|Delphi|Vanguard|Ridgeway|Aldersey|Bayfield|Corwen|Drummond|Eastlake|Glenmoor",
    "Marine|Water|Foods|Chemical|Power|Pharma|Dairy|Brewing|Paper|Steel|Refining|Utilities|Plastics|Biotech|Packaging|Process|Mining|Energy|Aerospace|Semiconductor|Cement|Beverages|Shipyards|Gas|Environmental|Coatings|Glass|Fertilizer|Desalination|Hydraulics",
    "Inc.|LLC|Ltd|Corp.|Company|Group|PLC|Holdings|& Sons|Partners LP")
  static let german = Lexicon(
    "Müller|Hänsel|Böttcher|Schäfer|Königsberg|Rheintal|Nordwind|Alpen|Donau|Weiß|Grünwald|Lüdecke|Kröger|Steinbach|Vogt & Söhne|Hofmann|Elbe|Schwarzwald|Bodensee|Jäger",
    "Maschinenbau|Wasserwerke|Chemie|Stahlwerke|Messtechnik|Brauerei|Energie|Papierfabrik|Kältetechnik|Anlagenbau|Molkerei|Pharma|Zement|Kunststoffe|Verfahrenstechnik",
    "GmbH|AG|GmbH & Co. KG|KG|SE")
  static let french = Lexicon(
    "Lefèvre|Bérard|Château-Gontier|Rhône|Océane|Montréal|Garonne|Hélios|Verrières|Saint-Amé|Beauséjour|Cévennes|Noël & Fils|Aumône|Étoile",
    "Énergie|Chimie|Laiterie|Papeterie|Eaux|Mécanique|Pharma|Ciments|Procédés|Métaux|Fromageries|Environnement",
    "SA|SARL|SAS|SCOP")
  static let spanish = Lexicon(
    "Núñez|Peñalara|Río Claro|Ibáñez|Cordillera|Sierra Nevada|Aragón|Minera Andes|Español|Castañeda|Muñoz Hermanos|Pacífico|Grupo \"\"Estrella\"\"|Bahía",
    "Química|Aguas|Cementos|Alimentos|Acería|Energía|Papelera|Minería|Petróleos|Bodegas|Lácteos",
    "S.A.|S.L.|S.A. de C.V.|S.A.U.")
  static let portuguese = Lexicon(
    "São Bento|Guimarães|Açores|Conceição|Amazônia|Paraná|Simões|Tejo|Irmãos Leão|Brasília",
    "Química|Siderúrgica|Águas|Alimentos|Celulose|Energia|Mineração|Laticínios|Cervejaria",
    "Lda.|S.A.|Ltda.")
  static let italian = Lexicon(
    "Fratelli Rossi|Università|Adige|Città Alta|Virtù|Vesuvio|Bertolè|Officine Po|Colombo|Lago",
    "Meccanica|Chimica|Acque|Cartiera|Acciai|Alimentari|Caseificio|Farmaceutici|Vetreria|Impianti",
    "S.p.A.|S.r.l.|S.n.c.")
  static let dutch = Lexicon(
    "Van der Meer|De Groot|IJssel|Waterland|Maas|Hoëvelaken|Zuiderzee|Vermeulen|Schelde|Oranje",
    "Chemie|Zuivel|Brouwerij|Waterwerken|Staal|Energie|Papier|Scheepsbouw|Procestechniek",
    "B.V.|N.V.")
  static let nordic = Lexicon(
    "Ångström|Björk|Sjöberg|Østergaard|Fjord|Hälsinge|Søndergård|Lindqvist|Tromsø|Mälaren|Jökull|Åland|Pääjärvi|Brøndum",
    "Papper|Energi|Mejeri|Marin|Kemi|Verkstad|Vattenkraft|Sjømat|Bryggeri|Stål|Offshore",
    "AB|AS|A/S|Oy|ASA")
  static let polish = Lexicon(
    "Wójcik|Łąki|Śląsk|Żuławy|Gdańska|Świętokrzyska|Bałtyk|Kądziela|Ostróda|Źródło",
    "Chemia|Huta|Mleczarnia|Energetyka|Wodociągi|Papiernia|Browar|Cementownia",
    "Sp. z o.o.|S.A.|Sp. k.")
  static let czech = Lexicon(
    "Dvořák|Příbram|Křižík|Vltava|Žďár|Šumava|Říčany|Bečva",
    "Strojírny|Pivovar|Chemička|Mlékárna|Papírny|Energetika|Vodárny",
    "s.r.o.|a.s.")
  static let turkish = Lexicon(
    "Yıldız|Güneş|Çelik|Boğaziçi|Akdeniz|Şahin|Öztürk|Anadolu|Karadeniz|Işık",
    "Kimya|Çimento|Gıda|Enerji|Demir|Su Arıtma|İlaç|Kağıt",
    "A.Ş.|Ltd. Şti.")
  static let ukrainian = Lexicon(
    "Дніпро|Карпати|Світанок|Чумацький шлях|Полісся|Буковина|Зоря|Каштан|Меридіан",
    "Хімпром|Водоканал|Енерго|Цемент|Молокозавод|Сталь|Фарма|Приладобудування",
    "ТОВ|ПАТ|ПрАТ", .formHeadTrade)
  static let bulgarian = Lexicon(
    "Родопи|Тракия|Дунав|Пирин|Черно море|Витоша|Искър|Балкан",
    "Химия|Енергия|Млечни продукти|Цимент|Стомана|Фарма|Водоснабдяване",
    "ООД|АД|ЕООД")
  static let greek = Lexicon(
    "Όλυμπος|Αιγαίο|Θάλασσα|Ήλιος|Πίνδος|Αχελώος|Κύκλαδες|Παπαδόπουλος",
    "Χημικά|Τσιμέντα|Ναυπηγεία|Ενέργεια|Γαλακτοκομικά|Φαρμακευτική|Ύδρευση",
    "Α.Ε.|Ε.Π.Ε.")
  static let japanese = Lexicon(
    "東京|大和|日本橋|富士|桜川|北斗|瀬戸内|三河|青葉|あさひ|みどり|ヤマト|さくら|信濃",
    "計測|化学工業|製薬|水処理|精機|重工|食品|電子|製鋼|セメント|ガス|造船",
    "株式会社|有限会社|ホールディングス", tight: true)
  static let chinese = Lexicon(
    "恒瑞|华泰|东方|长江|金桥|瑞丰|中原|蓝海|宏达|天成|永兴|新竹|锦华|龙源",
    "化工|水务|制药|钢铁|电子|食品|造纸|能源|仪表|重工|水泥|半导体",
    "有限公司|股份有限公司|集团", tight: true)
  static let korean = Lexicon(
    "한빛|대한|동해|서울|한강|금강|백두|새한|삼천리|미래|태양",
    "전자|화학|중공업|제약|식품|조선|에너지|수처리|철강|정밀",
    "주식회사|㈜", .formHeadTrade)
  static let arabic = Lexicon(
    "الخليج|النيل|الشرق|الواحة|الرمال|البحر الأحمر|الفجر|النخيل|الرياض",
    "للطاقة|للكيماويات|لتحلية المياه|للأغذية|للصناعات|للأسمنت|للبترول|للأدوية",
    "شركة|مجموعة|مؤسسة", .formHeadTrade)
  static let hebrew = Lexicon(
    "אורן|כרמל|הגליל|ים המלח|ארז|נגב|ירדן|תבור",
    "מערכות|כימיקלים|מים|פארמה|אנרגיה|מזון|התפלה|אלקטרוניקה",
    "בע״מ|ושות׳ בע״מ")
  static let hindi = Lexicon(
    "भारत|गंगा|हिमालय|सूर्य|अशोक|नर्मदा|सह्याद्रि|विंध्य|कावेरी",
    "जल उद्योग|रसायन|इस्पात|औषधि|ऊर्जा|सीमेंट|डेयरी|यंत्र",
    "लिमिटेड|प्राइवेट लिमिटेड")
}
