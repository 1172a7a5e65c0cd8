package themeday

// Category is how somebody stands to the Party (类别).
type Category string

// The categories of the roster.
const (
	Formal       Category = "正式"
	Probationary Category = "预备"
	Activist     Category = "积极分子"
	Target       Category = "发展对象"
	League       Category = "团员"
	Masses       Category = "群众"
)

// categories gives the category of every word that is read as one.
var categories = map[string]Category{
	"": Formal, "正式": Formal, "正式党员": Formal, "预备": Probationary, "预备党员": Probationary,
	"积极分子": Activist, "入党积极分子": Activist, "发展对象": Target,
	"团员": League, "共青团员": League, "群众": Masses,
}

// Counts tells whether he is a member by whom the quorum is measured: formal and probationary ones are (R08), guests are not (R14).
func (c Category) Counts() bool { return c == Formal || c == Probationary }
