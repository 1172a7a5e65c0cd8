package templates

import (
	"time"

	"themeday"
)

// PictureReusedView asks the secretary about a photo that looks like an earlier one (R21, R33).
type PictureReusedView struct {
	Head      `json:"-"`
	Activity  themeday.ActivityID `json:"activity"`
	Member    string              `json:"member"`
	Sent      time.Time           `json:"sent_at"`
	LikeMonth themeday.YearMonth  `json:"like_month"`
	Own       bool                `json:"own_branch"` // the earlier photo is of the same branch
	OtherYear bool                `json:"-"`
	Until     time.Time           `json:"-"` // how long its sender may still take it back; zero when that is over
}

// PictureReused asks the secretary about a photo that looks like an earlier one.
func (p *Posts) PictureReused(v PictureReusedView) (string, error) {
	return p.set.Text("picture_reused", v)
}

func pictureSamples() map[string]any {
	return map[string]any{
		"picture_reused": PictureReusedView{
			Head: sampleHead(), Activity: themeday.ActivityID(sampleActivity), Member: "张三", Sent: sampleAt(13, 14, 20),
			LikeMonth: themeday.YearMonth{Year: 2026, Month: time.February}, Own: true, Until: sampleAt(13, 14, 30),
		},
	}
}
