"""Official lists in their real forms, with invented organisations."""

from pathlib import Path

from core.entities.reading import Given, Item, ListFile, PassedOver, Unread
from core.entities.recognised import reader_of
from core.entity import Listing

UN = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09Z"><INDIVIDUALS>
  <INDIVIDUAL><FIRST_NAME>Nobody</FIRST_NAME></INDIVIDUAL>
  <INDIVIDUAL><FIRST_NAME>Somebody</FIRST_NAME></INDIVIDUAL>
</INDIVIDUALS><ENTITIES>
  <ENTITY>
    <DATAID>1</DATAID>
    <FIRST_NAME>BLUE LANTERN FRONT (BLF)</FIRST_NAME>
    <UN_LIST_TYPE>Lanterns</UN_LIST_TYPE>
    <REFERENCE_NUMBER>QDe.901</REFERENCE_NUMBER>
    <LISTED_ON>2001-10-06</LISTED_ON>
    <NAME_ORIGINAL_SCRIPT>نیلی لالٹین</NAME_ORIGINAL_SCRIPT>
    <COMMENTS1>Associated with Kite Union (QDe.902).</COMMENTS1>
    <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>"The Lamp"</ALIAS_NAME></ENTITY_ALIAS>
    <ENTITY_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Lampers</ALIAS_NAME></ENTITY_ALIAS>
    <ENTITY_ALIAS><QUALITY/><ALIAS_NAME/></ENTITY_ALIAS>
  </ENTITY>
  <ENTITY>
    <FIRST_NAME>KITE UNION</FIRST_NAME>
    <REFERENCE_NUMBER>QDe.902</REFERENCE_NUMBER>
    <LISTED_ON>2005-05-02</LISTED_ON>
  </ENTITY>
</ENTITIES></CONSOLIDATED_LIST>
"""

SDN_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://lists.example/XML">
  <publshInformation><Record_Count>3</Record_Count></publshInformation>
  <sdnEntry>
    <uid>7001</uid><lastName>BLUE LANTERN FRONT</lastName><sdnType>Entity</sdnType>
    <programList><program>FTO</program><program>SDGT</program></programList>
    <akaList>
      <aka><uid>1</uid><type>a.k.a.</type><category>strong</category><lastName>THE LAMP</lastName></aka>
      <aka><uid>2</uid><type>a.k.a.</type><category>weak</category><lastName>LMP</lastName></aka>
    </akaList>
  </sdnEntry>
  <sdnEntry>
    <uid>7002</uid><firstName>A</firstName><lastName>NAME</lastName><sdnType>Individual</sdnType>
  </sdnEntry>
  <sdnEntry><uid>7003</uid><lastName>A BOAT</lastName><sdnType>Vessel</sdnType></sdnEntry>
</sdnList>
"""

_NONE = ",".join(["-0- "] * 7)
SDN_CSV = (
    f'7001,"BLUE LANTERN FRONT",-0- ,"FTO] [SDGT",{_NONE},"a.k.a. \'LMP\'; Phone 1."\r\n'
    f'7002,"NAME, A",individual,"SDGT",{_NONE},-0- \r\n'
    f'7003,"A BOAT",vessel,"SDGT",{_NONE},-0- \r\n\x1a'
)
ALT_CSV = '7001,1,"aka","THE LAMP",-0- \r\n7002,3,"aka","SOMEBODY",-0- \r\n\x1a'

UK = """\
\ufeffReport Date: 27-Feb-2026
Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,\
Alias strength,Title,Name non-latin script,Regime Name,Designation Type,Date Designated
x,UK1,,QDe.901,Lampers,,,,,,Alias,Low quality a.k.a,,,Lanterns,Entity,06/10/2001
x,UK1,,QDe.901,BLUE LANTERN FRONT,,,,,,Primary Name,,,نیلی لالٹین,Lanterns,Entity,06/10/2001
x,UK1,,QDe.901,\"\"\"The Lamp\"\"\",,,,,,Alias,Good quality a.k.a,,,Lanterns,Entity,06/10/2001
x,UK2,,,NAME,A,,,,,Primary Name,,,,Lanterns,Individual,01/01/2002
x,UK2,,,NAME,AN,,,,,Alias,,,,Lanterns,Individual,01/01/2002
x,UK3,,,A BOAT,,,,,,Primary Name,,,,Lanterns,Ship,01/01/2002"""

EU = """\
\ufefffileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;\
Entity_DesignationDate;Entity_SubjectType;Entity_SubjectType_ClassificationCode;Entity_Regulation_Programme;\
NameAlias_LastName;NameAlias_FirstName;NameAlias_WholeName;NameAlias_Remark;Address_City
27/02/2026;91;EU.11.22;QDe.901;2001-10-06;E;enterprise;LMP;;;BLUE LANTERN FRONT;;
27/02/2026;91;EU.11.22;QDe.901;2001-10-06;E;enterprise;LMP;;;Lampers;Low quality a.k.a.;
27/02/2026;91;EU.11.22;QDe.901;2001-10-06;E;enterprise;LMP;;;\"\"\"The Lamp\"\"\";;
27/02/2026;92;EU.11.23;;;P;person;LMP;Name;A;A Name;;
27/02/2026;92;EU.11.23;;;P;person;LMP;Name;An;An Name;;
27/02/2026;91;EU.11.22;QDe.901;2001-10-06;E;enterprise;LMP;;;;;Harbour"""

UK_PROSCRIBED = """\
Organisation,Date of proscription
Blue Lantern Front (BLF),March 2001
Kite League (KL),July 2006
"""
PK = """\
S.No,Name of Organization,Date of Notification
1,Bloo Lantern Front (BLF),14-08-2001
2,Kite League,17-03-2003
"""

FTM = """\
{"id":"s-1","schema":"Sanction","properties":{"entity":["o-1"],\
"unscId":["QDe.901"],"listingDate":["2001-10-06"]}}
{"id":"o-1","caption":"Blue Lantern Front","schema":"Organization","datasets":["un_sc_sanctions","eu_fsf"],\
"properties":{"name":["نیلی لالٹین","Blue Lantern Front"],"alias":["The Lamp"],"weakAlias":["Lampers"],\
"topics":["sanction"],"programId":["UN-LMP"],"sourceUrl":["https://lists.example/1"]}}
{"id":"p-1","schema":"Person","properties":{"name":["A Name"]}}
{"id":"o-2","caption":"A Shop","schema":"Company","properties":{"name":["A Shop"]}}
{"id":"a-1","schema":"Address","properties":{"full":["A Street"]}}"""


def read(path: Path) -> list[Item]:
    """Read a file with whatever reads it."""
    file = ListFile(path)
    return list(reader_of(file)(file))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """Put a list into a folder."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def listings(items: list[Item]) -> list[Listing]:
    """Give the organisations."""
    return [item.listing for item in items if isinstance(item, Given)]


def passed_over(items: list[Item]) -> list[str]:
    """Give the kinds of what is no organisation."""
    return [item.kind for item in items if isinstance(item, PassedOver)]


def unread(items: list[Item]) -> list[tuple[int, str]]:
    """Give line and reason of what cannot be used."""
    return [(item.line, item.reason) for item in items if isinstance(item, Unread)]
