package word

// styles are the looks. Every one names its Chinese font by w:eastAsia; w:lang keeps Chinese punctuation Chinese.
const styles = declaration + `<w:styles ` + names + `>` +
	`<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋" w:cs="Times New Roman"/>` +
	`<w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
	`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/></w:pPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="title"><w:name w:val="Title"/><w:basedOn w:val="a"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="120" w:line="360" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>` +
	`<w:rPr><w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="heading"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr>` +
	`<w:rPr><w:rFonts w:eastAsia="黑体"/><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="label"><w:name w:val="Label"/><w:basedOn w:val="a"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="lacking"><w:name w:val="Lacking"/><w:basedOn w:val="a"/><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="small"><w:name w:val="Small"/><w:basedOn w:val="a"/><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>` +
	`<w:style w:type="table" w:default="1" w:styleId="plain"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>` +
	`<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
	`<w:style w:type="table" w:styleId="ruled"><w:name w:val="Ruled"/><w:basedOn w:val="plain"/><w:tblPr><w:tblBorders>` +
	`<w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="8" w:space="0" w:color="000000"/>` +
	`<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="8" w:space="0" w:color="000000"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders>` +
	`<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
	`</w:styles>`

// fontTable says what stands in for a font that a computer does not have.
const fontTable = declaration + `<w:fonts ` + names + `>` +
	`<w:font w:name="仿宋"><w:altName w:val="FangSong,仿宋_GB2312,STFangsong,Noto Serif CJK SC"/><w:charset w:val="86"/><w:family w:val="modern"/></w:font>` +
	`<w:font w:name="宋体"><w:altName w:val="SimSun,STSong,Noto Serif CJK SC"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>` +
	`<w:font w:name="黑体"><w:altName w:val="SimHei,STHeiti,Noto Sans CJK SC"/><w:charset w:val="86"/><w:family w:val="modern"/></w:font>` +
	`<w:font w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK,华文中宋,STZhongsong,SimSun,Noto Serif CJK SC"/><w:charset w:val="86"/><w:family w:val="script"/></w:font>` +
	`</w:fonts>`

const settings = declaration + `<w:settings ` + names + `><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

// footer is 第 1 页 共 3 页.
const footer = declaration + `<w:ftr ` + names + `><w:p><w:pPr><w:pStyle w:val="small"/><w:jc w:val="center"/></w:pPr>` +
	`<w:r><w:t xml:space="preserve">第 </w:t></w:r>` + `<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>` +
	`<w:r><w:t xml:space="preserve"> 页 共 </w:t></w:r>` + `<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>` +
	`<w:r><w:t xml:space="preserve"> 页</w:t></w:r></w:p></w:ftr>`
