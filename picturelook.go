package themeday

import (
	"encoding/hex"
	"math/bits"
)

// alikeness is the cosine from which two looks are those of one picture, in percent: between what remains of one picture after scaling,
// compressing, brightening and cropping, and what two pictures of one room have in common. storage/picture measures it.
const alikeness = 80

// Alike tells whether two looks of pictures, in hex, are those of one picture, however it was scaled, compressed or brightened meanwhile.
// The first half of a look marks where the picture grows brighter, the second where it grows darker. A picture without a look is like none.
func Alike(a, b string) bool {
	common, ofA, ofB, ok := inCommon(a, b)
	return ok && common > 0 && common*common*100*100 >= alikeness*alikeness*ofA*ofB
}

// inCommon counts the marks on which two looks agree, less those on which they contradict each other, and the marks of each.
func inCommon(a, b string) (common, ofA, ofB int, ok bool) {
	if len(a) != len(b) || len(a) == 0 || len(a)%4 != 0 {
		return 0, 0, 0, false
	}
	x, errA := hex.DecodeString(a)
	y, errB := hex.DecodeString(b)
	if errA != nil || errB != nil {
		return 0, 0, 0, false
	}
	half := len(x) / 2
	for i := range x {
		common += bits.OnesCount8(x[i]&y[i]) - bits.OnesCount8(x[i]&y[(i+half)%len(y)])
		ofA += bits.OnesCount8(x[i])
		ofB += bits.OnesCount8(y[i])
	}
	return common, ofA, ofB, ofA > 0 && ofB > 0
}
