/// The world as the organisation sees it.
///
/// Weights are shares of accounts in ten-thousandths or so.
let placeTable = """
  US East|0
    United States|english||0|
      New York|190|New York,Buffalo,Rochester,Albany
      New Jersey|110|Newark,Princeton,Edison
      Massachusetts|130|Boston,Worcester,Cambridge
      Pennsylvania|130|Philadelphia,Pittsburgh,Allentown
      Connecticut|55|Hartford,Stamford
      New Hampshire|25|Manchester,Nashua
      Rhode Island|14|Providence
      Vermont|10|Burlington
      Maine|15|Portland,Bangor
      Maryland|70|Baltimore,Rockville
      Delaware|20|Wilmington
      District of Columbia|25|Washington
      Virginia|85|Richmond,Norfolk,Reston
      West Virginia|12|Charleston
      North Carolina|115|Charlotte,Raleigh,Durham
      South Carolina|50|Greenville,Columbia
      Georgia|110|Atlanta,Savannah
      Florida|170|Miami,Tampa,Orlando,Jacksonville
  US Central|0
    United States|english||0|
      Illinois|150|Chicago,Peoria,Rockford
      Ohio|140|Cleveland,Columbus,Cincinnati,Toledo
      Michigan|115|Detroit,Grand Rapids,Ann Arbor
      Indiana|75|Indianapolis,Fort Wayne
      Wisconsin|75|Milwaukee,Madison,Green Bay
      Minnesota|70|Minneapolis,Duluth
      Iowa|35|Des Moines,Cedar Rapids
      Missouri|65|St. Louis,Kansas City
      Kentucky|40|Louisville,Lexington
      Tennessee|65|Nashville,Memphis,Knoxville
      Alabama|45|Birmingham,Huntsville
      Mississippi|20|Jackson,Gulfport
      Louisiana|55|Baton Rouge,New Orleans
      Arkansas|22|Little Rock
      Oklahoma|40|Tulsa,Oklahoma City
      Kansas|30|Wichita,Topeka
      Nebraska|22|Omaha,Lincoln
      North Dakota|10|Fargo
      South Dakota|10|Sioux Falls
  US West|0
    United States|english||0|
      California|310|Los Angeles,San Diego,San José,Sacramento,Fresno
      Texas|260|Houston,Dallas,Austin,San Antonio
      Washington|95|Seattle,Tacoma,Spokane
      Oregon|50|Portland,Salem
      Colorado|65|Denver,Boulder
      Arizona|60|Phoenix,Tucson
      Utah|40|Salt Lake City,Ogden
      Nevada|28|Reno,Las Vegas
      New Mexico|18|Albuquerque
      Idaho|16|Boise
      Montana|10|Billings
      Wyoming|8|Casper
      Alaska|10|Anchorage
      Hawaii|10|Honolulu
  Canada & Latin America|0
    Canada|english||0|
      Ontario|120|Toronto,Hamilton,Ottawa
      Québec|75|Montréal,Québec,Sherbrooke
      Alberta|55|Calgary,Edmonton
      British Columbia|45|Vancouver,Victoria
      Saskatchewan|14|Regina,Saskatoon
      Nova Scotia|12|Halifax
    Mexico|spanish||0|
      Nuevo León|45|Monterrey
      Jalisco|30|Guadalajara
      Ciudad de México|50|Ciudad de México
    Brazil|portuguese||0|
      São Paulo|75|São Paulo,Campinas,Santos
      Rio de Janeiro|30|Rio de Janeiro,Macaé
      Minas Gerais|25|Belo Horizonte
    Argentina|spanish||30|Buenos Aires,Córdoba,Rosario
    Chile|spanish||30|Santiago,Antofagasta,Concepción
    Colombia|spanish||22|Bogotá,Medellín
  UK & Nordics|1
    United Kingdom|english||0|
      London|95|London
      South East|60|Reading,Southampton,Oxford
      Midlands|60|Birmingham,Coventry,Nottingham
      North West|55|Manchester,Liverpool,Warrington
      Yorkshire|40|Leeds,Sheffield,Hull
      Scotland|50|Aberdeen,Glasgow,Edinburgh
      Wales|18|Cardiff,Swansea
    Ireland|english|E|40|Dublin,Cork,Galway
    Sweden|nordic||60|Göteborg,Malmö,Västerås,Stockholm
    Norway|nordic||45|Bergen,Stavanger,Oslo,Ålesund
    Denmark|nordic||45|København,Århus,Sønderborg
    Finland|nordic|E|35|Helsinki,Tampere,Jyväskylä
  DACH|1
    Germany|german|E|0|
      Bavaria|105|München,Nürnberg,Augsburg
      Baden-Württemberg|100|Stuttgart,Karlsruhe,Mannheim
      North Rhine-Westphalia|115|Köln,Düsseldorf,Essen,Münster
      Hesse|55|Frankfurt am Main,Darmstadt
      Lower Saxony|50|Hannover,Göttingen,Wolfsburg
      Saxony|28|Dresden,Leipzig
      Hamburg|35|Hamburg
      Berlin|28|Berlin
      Rhineland-Palatinate|25|Ludwigshafen,Mainz
      Schleswig-Holstein|15|Kiel,Lübeck
    Austria|german|E|50|Wien,Linz,Graz
    Switzerland|german||55|Zürich,Basel,Winterthur
  Western Europe|1
    France|french|E|0|
      Île-de-France|75|Paris,Saint-Denis,Évry
      Auvergne-Rhône-Alpes|55|Lyon,Grenoble
      Hauts-de-France|30|Lille,Dunkerque
      Grand Est|28|Strasbourg,Reims
      Occitanie|28|Toulouse,Montpellier
      Nouvelle-Aquitaine|22|Bordeaux,La Rochelle
    Belgium|dutch|E|40|Antwerpen,Gent,Liège
    Netherlands|dutch|E|60|Rotterdam,Eindhoven,Delft
    Spain|spanish|E|0|
      Cataluña|35|Barcelona,Tarragona
      Madrid|32|Madrid,Alcalá de Henares
      País Vasco|25|Bilbao,San Sebastián
    Portugal|portuguese|E|22|Lisboa,Porto,Setúbal
    Italy|italian|E|0|
      Lombardia|55|Milano,Bergamo,Brescia
      Piemonte|30|Torino,Novara
      Emilia-Romagna|35|Bologna,Modena,Parma
      Veneto|28|Padova,Vicenza
  Eastern Europe|1
    Poland|polish||55|Warszawa,Łódź,Gdańsk,Wrocław
    Czechia|czech||40|Praha,Brno,Plzeň
    Ukraine|ukrainian||28|Київ,Харків,Дніпро,Львів
    Bulgaria|bulgarian||18|София,Пловдив,Варна
    Greece|greek|E|25|Αθήνα,Θεσσαλονίκη,Πειραιάς
    Türkiye|turkish||38|İstanbul,İzmir,Gebze
  Middle East & Africa|1
    United Arab Emirates|arabic||40|Dubai,Abu Dhabi
    Saudi Arabia|arabic||42|Jubail,Riyadh,Dammam
    Israel|hebrew||35|Haifa,Tel Aviv,Beersheba
    Egypt|arabic||22|Cairo,Alexandria
    South Africa|english||35|Johannesburg,Durban,Cape Town
    Nigeria|english||15|Lagos,Port Harcourt
  Japan & Korea|2
    Japan|japanese||0|
      Tokyo|90|東京,八王子
      Osaka|50|大阪,堺
      Aichi|45|名古屋,豊田
      Kanagawa|40|横浜,川崎
      Hyogo|25|神戸,姫路
      Fukuoka|20|福岡,北九州
    South Korea|korean||80|서울,부산,울산,대전
  Greater China|2
    China|chinese||0|
      Shanghai|65|上海
      Jiangsu|60|苏州,南京,无锡
      Guangdong|65|深圳,广州,佛山
      Zhejiang|45|杭州,宁波
      Shandong|35|青岛,济南
      Beijing|30|北京
    Taiwan|chinese||35|新竹,台北,高雄
  India & Pacific|2
    India|hindi||0|
      Maharashtra|50|Mumbai,Pune,Nagpur
      Gujarat|40|Ahmedabad,Vadodara
      Karnataka|35|Bengaluru,Mysuru
      Tamil Nadu|35|Chennai,Coimbatore
      Telangana|22|Hyderabad
    Singapore|english||45|Singapore
    Malaysia|english||25|Kuala Lumpur,Penang
    Australia|english||0|
      New South Wales|55|Sydney,Newcastle
      Victoria|50|Melbourne,Geelong
      Queensland|40|Brisbane,Gladstone
      Western Australia|35|Perth,Karratha
    New Zealand|english||25|Auckland,Hamilton
  (no territory)|-
    Iceland|nordic||14|Reykjavík,Akureyri
    Kazakhstan|ukrainian||12|Алматы,Атырау
    Morocco|french||14|Casablanca,Tanger
    Peru|spanish||16|Lima,Arequipa
  """
