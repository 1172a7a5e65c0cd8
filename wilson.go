package themeday

import "math"

// z95 is the quantile of the normal distribution that belongs to 95 % (two-sided).
const z95 = 1.959963984540054

// WilsonLower is the lower end of the Wilson score interval (E. B. Wilson, 1927) of a share, at 95 %, between 0 and 1: what the true share is
// at least, as far as so few answers can tell. 0 of nothing.
func WilsonLower(part, whole int) float64 {
	if whole <= 0 {
		return 0
	}
	n, p, z := float64(whole), float64(part)/float64(whole), z95
	centre, spread := p+z*z/(2*n), z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, (centre-spread)/(1+z*z/n))
}
