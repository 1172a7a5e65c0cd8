package main
import (_ "github.com/glebarez/sqlite"; _ "github.com/glebarez/go-sqlite"; _ "gorm.io/gorm"; _ "github.com/alecthomas/kong"; _ "github.com/goccy/go-yaml"; _ "github.com/xuri/excelize/v2";_ "github.com/yuin/goldmark"; _ "github.com/robfig/cron/v3"; _ "golang.org/x/text/width"; _ "github.com/schollz/progressbar/v3"; _ "github.com/eatmoreapple/openwechat"; _ "github.com/chzyer/readline"; _ "golang.org/x/text/encoding/simplifiedchinese")
func main(){}
