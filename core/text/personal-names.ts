/**
 * Common given names and surnames, enough to recognise a column of people: by a share of its
 * values, not by each.
 */
export const givenNames: ReadonlySet<string> = words(`
aaron abdul abdullah abigail abu adam adnan adrian agnieszka ahmed aidan aisha alan albert alex alexander
alexandra alfie ali alice alicia alina alison amanda amber amelia amina amir amit amy ana anastasia andrea
andreea andrei andrew andy angela angelina anita ann anna anne annie anthony antonio archie arthur asha ashley
ayesha aylin ayse barbara barry ben benjamin bernard beth bethany betty beverley bilal billy bo bob bradley
brandon brenda brian bridget bruce callum cameron carl carla carlos carmen carol caroline catherine cathy
charles charlie charlotte chelsea cheryl chloe chris christian christina christine christopher ciara claire
clara colin connor constantin craig cristina daisy damian daniel daniela danielle danny darren dave david dawn
dean deborah declan deepak denise dennis derek diana diane dilek dominic donald donna dorothy doris douglas
dylan edward eileen elaine eleanor elena elif elizabeth ella ellen ellie emily emine emma emmanuel eric erin
ethan eva evelyn evie fatima fatma faith fiona florence frances francesca francis frank fred freddie freya
gabriel gareth gary gavin gemma geoffrey george georgia georgina gerald gerard gillian gina giovanni glen
gordon grace graham greg gregory gulsen guy hannah hanna harold harriet harry harvey hasan hassan hayley
heather helen henry holly hope howard hugh hussein ian ibrahim imran ioana ion irene isaac isabel isabella
isabelle isla ismail ivan jack jackie jacob jacqueline jade jake james jamie jan jane janet janice jasmine
jason jay jayden jean jeff jeffrey jenna jennifer jenny jeremy jess jesse jessica jill jim jo joan joanna
joanne joe joel john johnny jon jonathan jordan jorge jose joseph josephine josh joshua joyce juan judith judy
julia julian julie june justin kamal karen karl kate katherine kathleen kathryn katie kayleigh keith kelly
kemal ken kenneth kerry kevin khadija kieran kim kimberley kirsty krzysztof kyle laura lauren lawrence leah
lee lena leo leon lesley leslie lewis liam lily linda lisa logan lorraine louis louise luca lucas lucy luis
luke lydia lynn lynne maciej madison malcolm mandy marcin marcus margaret maria mariam marie marilyn marina
mario marion mark martin martina mary maryam mason matt matthew maureen max megan mehmet melanie melissa mia
michael michaela michelle mick miguel mihai mike mohamed mohammad mohammed molly monica monika morgan muhammad
mustafa nadia naomi natalie natasha nathan neil niamh nicholas nick nicola nicole nigel nikita noah noor norma
norman olga oliver olivia omar oscar osman owen pamela patricia patrick paul paula pauline pawel pedro penny
peter phil philip phillip phoebe pierre piotr poppy priya rachel rafal raj rajesh ralph raymond rebecca reece
rhys ricardo richard rita rob robert roberto robin roger roland ronald rosa rose rosemary rosie ross roy ruby
russell ruth ryan sadia said sally sam samantha samir samuel sandra sanjay sara sarah scarlett scott sean
serkan sergio shane shannon sharon shaun sheila shirley sian simon sinead sofia sonia sophia sophie stacey
stanley stefan stella stephanie stephen steve steven stewart stuart summer sunita susan suzanne svetlana
sylvia tanya tara ted teresa terence terry thea theo theresa thomas tia tim timothy tina toby todd tom tomasz
tony tracey tracy trevor usman valerie vanessa vera veronica vicky victor victoria vincent vladimir walter
wayne wendy wilfred will william yasmin yusuf yvonne zahra zainab zara zebedee zeynep zoe zuzanna
`);

export const surnames: ReadonlySet<string> = words(`
adams ahmed akhtar ali allen anderson bailey baker barnes begum bell bennett brown butler campbell carter
chapman clark clarke collins cook cooper cox davies davis demir dixon edwards ellis evans fisher fletcher
foster fox gibson gonzalez graham gray green griffiths hall harris harrison harvey hill holmes hughes hunt
hussain hussein ionescu jackson james jenkins johnson jones kapoor kaur kaya kelly khan king knight kowalski
lee lewis lloyd marshall martin mason matthews mehmet miah miller mills mitchell mohamed moore morgan morris
murphy murray nowak okafor owen owusu palmer parker patel pearson phillips popescu powell price rahman
reynolds richards richardson roberts robertson robinson rogers russell scott shah shaw silva simpson singh
smith stevens stewart taylor thomas thompson turner walker ward watson webb white wilkinson williams wilson
wood wright yilmaz young
`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ""));
}
