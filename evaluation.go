package themeday

// Ballot is one rating (测评, R25). It carries nothing that tells who gave it, when, or in what order,
// nor that a guest gave it: of a guest who came alone that would be his name.
type Ballot struct {
	Activity ActivityID
	Key      string // random
	Scores   Scores
	Remark   string
	Outside  bool // by code, from an invited outsider (R26); of which kind is not kept, for one alone of his kind would be known by it
}

// Words are the one-word ballots and the scores they stand for.
var words = map[string]Scores{
	"满意":   {5, 5, 5, 5},
	"基本满意": {4, 4, 4, 4},
	"不满意":  {2, 2, 2, 2},
}

// ScoresOf reads a one-word ballot.
func ScoresOf(word string) (Scores, bool) {
	s, ok := words[word]
	return s, ok
}
