package templates

import (
	"embed"
	"maps"
	"time"
)

//go:embed text/*.md
var embeddedTexts embed.FS

// Posts are the texts of what the bot posts and answers: one method a kind, from a view with what the text says. The view of a post is also
// what goes out beside the text as its data: the fields with a name in JSON are the figures, the others belong to the text alone.
type Posts struct{ set *Set }

// LoadPosts reads the embedded texts, each replaced by the file of the same name in overrideDir unless that is empty, and tries them all.
func LoadPosts(overrideDir string) (*Posts, error) {
	set, err := Load(embeddedTexts, overrideDir, tried())
	if err != nil {
		return nil, err
	}
	return &Posts{set: set}, nil
}

// tried are all views with which the templates are tried.
func tried() map[string]any {
	all := samplesOfAll()
	maps.Copy(all, variants())
	maps.Copy(all, consequenceVariants())
	maps.Copy(all, branchVariants())
	maps.Copy(all, consequenceReplyVariants())
	maps.Copy(all, objectionVariants())
	maps.Copy(all, digestVariants())
	maps.Copy(all, inspectionVariants())
	maps.Copy(all, topicVariants())
	maps.Copy(all, caseVariants())
	return all
}

func samplesOfAll() map[string]any {
	all := replySamples()
	for _, samples := range []map[string]any{planSamples(), daySamples(), recordSamples(), memberSamples(), objectionSamples(), pictureSamples(), guidanceSamples(), consequenceSamples(), branchSamples(), consequenceReplies(), digestSamples(), inspectionSamples(), topicSamples(), caseSamples(), whySamples(), togetherSamples()} {
		maps.Copy(all, samples)
	}
	return all
}

// Head is what the text of a post says about where it belongs; none of it is a figure. Times are local.
type Head struct {
	Branch    string    // the branch's name
	Month     string    // 3月
	When      time.Time // when the activity starts
	Committee bool      // the text is for the committee, not for the branch's secretary
}

// sampleHead and sampleAt are of the activity with which the templates are tried.
func sampleHead() Head {
	return Head{Branch: "第一支部", Month: "3月", When: sampleAt(13, 14, 30)}
}

func sampleAt(day, hour, minute int) time.Time {
	return time.Date(2026, time.March, day, hour, minute, 0, 0, time.FixedZone("CST", 8*60*60))
}

const sampleActivity = "第一支部/2026-03"
