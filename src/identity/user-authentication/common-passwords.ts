/**
 * The passwords of eight characters and more that are guessed first, in lower case: what attackers' lists have in
 * common. Shorter ones need no mention, and throttling takes care of the long tail.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  00000000 000000000 0000000000 01234567 0123456789 098765432 0987654321 1029384756 11111111 111111111 1111111111
  11223344 1122334455 112233445566 12121212 123123123 1231231234 123321123 12341234 12344321 1234554321 12345678
  123456789 1234567890 12345678910 123456789a 1234567891 123456789q 12345678a 12345678q 1234567a 1234567q 123456abc
  123456aa 123456qwe 12345qwert 12345qwerty 1234abcd 1234qwer 1234rewq 123654789 123698745 12qwaszx 13131313 135792468
  1357924680 14725836 147258369 147852369 159357258 159753159 18181818 19841984 19851985 19861986 19871987 19881988
  19891989 1a2b3c4d 1password 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 1qazzaq1 20002000 20202020
  20252025 20262026 21212121 22222222 23232323 25252525 31415926 314159265 33333333 369258147 44444444 456456456
  55555555 66666666 741852963 77777777 789456123 7894561230 87654321 88888888 963852741 987654321 9876543210 99999999
  a1234567 a12345678 a123456789 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 aaaaaaaa aaaaaaaaa aaaaaaaaaa abc12345
  abc123456 abc123abc abcd1234 abcd12345 abcde123 abcdef123 abcdefgh abcdefghi access14 adgjmptw admin1234 admin12345
  admin123456 adminadmin adminadmin1 administrator alexande alexander alexander1 alexandra andromeda angelica
  anthony1 asd123456 asdasd123 asdasdasd asdf1234 asdfasdf asdfghjk asdfghjkl asdfjkl1 asdqwe123 asshole1 autumn2025
  babygirl babygirl1 baseball baseball1 basketball batman123 benjamin bigdaddy blink182 bluebird brooklyn butterfly
  butterfly1 caroline castellan castellan1 changeit changeme changeme1 changeme123 charlie1 charlotte cheese123
  chelsea1 chocolate christian christina christine christmas chris123 computer computer1 consumer corvette cowboys1
  creative danielle december default1 dolphins dragon123 drowssap einstein elephant elizabeth enterprise estrella
  everything explorer f00tball facebook facebook1 farmhouse fernando ferrari1 firebird fireball flowers1 football
  football1 forever1 formula1 freedom1 friends1 fuckyou1 fuckyou123 garfield ghbdtn123 gfhjkm123 giovanni godzilla
  goldfish gordon24 greenday guitar123 hallo123 hannah123 hello123 hello1234 hellohello hellokitty helpme123
  history1 homeland honda123 iloveyou iloveyou1 iloveyou12 iloveyou123 iloveyou2 internet internet1 ireland1 isabella
  jackson1 jasmine1 jennifer jennifer1 jessica1 jonathan jordan123 jordan23 juventus killer123 kingking klaster1
  lastfm123 lavender leicester letmein1 letmein12 letmein123 letmeinnow linkedin liverpool liverpool1 lol123456
  lollipop1 love12345 lovelove loveme123 loverboy madison1 manchester maradona marathon mariposa marlboro marshall
  matthew1 mercedes mercedes1 michael1 michelle michelle1 midnight minecraft minecraft1 mississippi mnbvcxz1
  monkey123 monkey1234 monkeys1 montana1 motorola mustang1 myspace1 nicholas nicole123 nintendo nirvana1 november
  nopassword november1 october1 operator p@$$w0rd p@ssw0rd p@ssw0rd1 p@ssword p@ssword1 pa$$w0rd pa$$word pa55w0rd
  pa55word panasonic parola123 pass1234 pass12345 pass123456 passpass passport passw0rd passw0rd1 passw0rd123 password
  password! password. password0 password01 password1 password1! password10 password11 password12 password123
  password123! password1234 password12345 password2 password2025 password2026 password3 password4 password5 password7
  password9 password@1 password@123 passwort passwort1 passwort123 patricia patrick1 peaches1 peanut123 personal
  phoenix1 playboy1 playstation pokemon1 pokemon123 porsche911 precious princesa princess princess1 princess12
  princess123 q1234567 q12345678 q123456789 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qazwsx12 qazwsx123 qazwsxed qazwsxedc
  qazwsxedcrfv qqqqqqqq qw123456 qwe123456 qwe123qwe qweasd123 qweasdzx qweasdzxc qweqweqwe qwer1234 qwer12345 qwert123
  qwert1234 qwert12345 qwerty01 qwerty11 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyqwerty qwertyu1
  qwertyui qwertyuio qwertyuiop qwertz123 qwertzui qwertzuiop rangers1 rastaman raspberry rebecca1 redskins
  remember rockstar rockyou1 root1234 rootroot rush2112 samantha samantha1 samsung1 samsung123 savannah scorpion
  scotland sebastian secret123 september september1 serenity shadow123 simpsons slipknot slipknot1 snickers snowball
  snowboard soccer123 software sokrates something spiderman spiderman1 spring2025 spring2026 springer sputnik1
  starlight startrek starwars starwars1 steelers stephanie student1 summer123 summer2024 summer2025 summer2026 sunflower
  sunshine sunshine1 superman superman1 superstar sweetheart swordfish sysadmin target123 teamo123 teddybear
  telephone temp1234 temporary temppass test1234 test12345 test123456 testing1 testing123 testtest thailand thomas123
  thunder1 tigger123 tinkerbell toor1234 trinity1 trustno1 undertaker unknown1 user1234 useruser valentina vanessa1
  veronica victoria victoria1 virginia w1985aug warcraft welcome01 welcome1 welcome12 welcome123 welcome1234 welcome2
  westside whatever whatever1 william1 windows1 winner123 winter123 winter2024 winter2025 winter2026 wordpass wrestling
  x1234567 xbox360x yankees1 yellow123 yugioh12 yvonne123 zaq12wsx zaq1xsw2 zaq1zaq1 zxasqw12 zxcv1234 zxcvasdf zxcvbnm1
  zxcvbnm12 zxcvbnm123 zxcvzxcv zzzzzzzz
  `
    .trim()
    .split(/\s+/),
);
