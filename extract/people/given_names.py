"""Given names met in the United Kingdom, of many origins; a name begins with one more often than a place or a body does."""

from goalmap.extract.words import table

GIVEN_NAMES = table(
    """
    Aaron Abbie Abdul Abdullah Abena Abigail Abiola Abraham Ada Adam Adaeze Adanna Adebayo Adeola Adrian Agata Agnes
    Agnieszka Ahmed Aidan Aileen Ailsa Aisha Aishah Alan Alana Alasdair Alastair Albert Aled Alejandro Aleksandra
    Alex Alexander Alexandra Alexis Alfie Alfred Ali Alice Alicia Alina Alisha Alison Alistair Allan Allison Alun
    Alyson Amadou Amanda Amara Amber Amelia Amina Amir Amira Amit Amrit Amy Ana Anand Anastasia Andrea Andreas Andrei
    Andrew Andrzej Andy Aneesa Aneta Aneurin Angela Angharad Angus Anil Anita Anjali Ann Anna Annabel Anne Annette
    Annie Anthea Anthony Antoine Anton Antonia Antonio Anu Anya April Aram Archie Arjun Arthur Arun Asha Ashley Ashok
    Asif Astrid Audrey Ayesha Ayo Ayodele Azra Babatunde Barbara Barry Bartosz Basil Bashir Beata Beatrice Becky
    Belinda Ben Benedict Benjamin Bernadette Bernard Beth Bethan Bethany Betty Beverley Bhavna Bilal Bill Blessing
    Bob Bogdan Brenda Brendan Brian Bridget Bronagh Bronwen Bruce Bryan Bryn Bryony Caitlin Callum Calum Cameron
    Camilla Carl Carla Carlos Carmen Carol Carole Caroline Carolyn Carys Catherine Cathy Catrin Cecilia Celia Ceri
    Chantelle Charlene Charles Charlie Charlotte Chelsea Cheng Cheryl Chidi Chinedu Chioma Chloe Chris Christian
    Christina Christine Christopher Chukwudi Chukwuma Ciara Ciaran Claire Clara Clare Claudia Clive Clodagh Colin
    Colm Connor Conor Constance Cornelius Craig Cristina Crystal Cynthia Dafydd Daisy Dale Damian Damien Dan Daniel
    Daniela Danielle Danny Daphne Darcy Darius Darren Daryl Dave David Davina Dawid Dawn Dean Deborah Debbie Debra
    Declan Deepa Deepak Deirdre Delia Delroy Delyth Denise Dennis Derek Dermot Desmond Destiny Devi Dewi Diana Diane
    Dilwyn Dilys Dimitri Dinah Dionne Divya Dmitri Dominic Dominika Donal Donald Donna Doreen Doris Dorota Dorothy
    Doug Douglas Duncan Dylan Eamonn Ebony Eddie Edith Edmund Edna Eduardo Edward Edwina Efua Eileen Eilidh Eira
    Elaine Eleanor Elena Eleri Eleri Elin Eli Elias Elijah Elinor Elisabeth Eliza Elizabeth Ella Ellen Ellie Elliot
    Elliott Elsie Eluned Emeka Emily Emilia Emlyn Emma Emmanuel Enid Eoin Eric Erica Erin Ernest Esther Ethan Eugene
    Eva Evan Eve Evelyn Ewa Ewan Faisal Faith Farah Farhan Farida Fatima Fatou Faye Felicity Felix Femi Ffion Fiona
    Flora Florence Folasade Frances Francesca Francis Francisco Frank Fraser Fred Freddie Frederick Freya Funmi
    Gabriel Gabriela Gabrielle Gail Gareth Garth Gary Gavin Gayle Gemma Geoff Geoffrey George Georgia Georgina Gerald
    Geraldine Gerard Gethin Gillian Gina Giles Giovanni Giulia Glen Glenda Glenn Gloria Glyn Glynis Godfrey Gordon
    Grace Graeme Graham Grant Greg Gregory Gretchen Grzegorz Guy Gwen Gwenllian Gwyneth Gwyn Gurpreet Habib Haleema
    Hamish Hamza Hannah Hans Hardeep Harjit Harold Haroon Harriet Harry Harvey Hasan Hassan Hayley Hazel Heather
    Hector Heidi Helen Helena Henrietta Henry Hilary Hilda Holly Horace Howard Hugh Hugo Humphrey Huw Iain Ian
    Ibrahim Idris Iestyn Ifeoma Ifan Ifeanyi Imani Imogen Imran Ines Ingrid Ioan Iolo Irena Irene Iris Isaac Isabel
    Isabella Isabelle Isha Ishaan Isla Ismail Isobel Ivan Ivana Ivy Iwan Iwona Jack Jackie Jacob Jacqueline Jacqui
    Jade Jagdeep Jake Jakub Jalal Jamal James Jamie Jamila Jan Jane Janet Janice Janine Jasmin Jasmine Jason Jaspreet
    Jaswinder Javier Jay Jayne Jean Jean-Luc Jeanette Jeff Jeffrey Jemima Jennifer Jenny Jeremy Jerome Jess Jessica
    Jia Jill Jim Jo Joan Joanna Joanne Joao Jodie Joe Joel Johann Johanna John Johnny Jolanta Jon Jonah Jonathan
    Jonas Jordan Jorge Jose Josef Joseph Josephine Josh Joshua Joy Joyce Juan Juanita Judith Judy Jude Julia Julian
    Juliana Julie Juliet June Justin Justina Justine Kai Kalpana Kamal Kamil Karen Karim Karin Karl Karolina Kashif
    Kasia Kate Katarzyna Katharine Katherine Kathleen Kathryn Kathy Katie Katrina Kavita Kay Kayleigh Keeley Keir
    Keith Kelechi Kelly Kelvin Kemi Ken Kenji Kenneth Kenny Kerry Kevin Khadija Khalid Kiera Kieran Kim Kimberley
    Kiran Kirsten Kirsty Kofi Krishna Krishnan Kristina Krystyna Krzysztof Kuldip Kumar Kwabena Kwame Kwasi Kyle
    Kylie Lachlan Lakshmi Lara Latifa Laura Lauren Laurence Lawrence Layla Leah Leanne Lee Leila Leo Leon Leona
    Leonard Lesley Leslie Lewis Li Liam Lidia Lily Lilian Linda Lindsay Lindsey Lisa Liz Llinos Llŷr Lloyd Lois
    Loraine Lorna Lorraine Lottie Louis Louisa Louise Lowri Lubna Luca Lucia Lucinda Lucy Luis Luke Lydia Lyn Lynda
    Lynn Lynne Lynsey Mabel Maciej Maddie Madeleine Maeve Magdalena Maggie Mahmoud Mair Maisie Malcolm Malgorzata
    Malik Mandy Manish Manjit Manoj Manuel Mara Marcel Marcia Marco Marcus Marek Margaret Margarita Maria Mariam
    Marian Marianne Marie Marie-Claire Marina Mario Marion Marisol Marjorie Mark Marlene Marta Martha Martin Martina
    Martyn Mary Mateusz Matilda Matt Matteo Matthew Maureen Maurice Mavis Max Maxine Maya Meera Megan Mei Mei-Ling
    Mel Melanie Melissa Melvyn Mercy Meredith Mervyn Mia Michael Michaela Michal Michelle Miguel Mihai Mike Milena
    Miles Millicent Minal Ming Miranda Miriam Mohammad Mohammed Mohamed Mohan Moira Mollie Molly Mona Monica Monika
    Morag Moses Muhammad Mukesh Muriel Murray Mustafa Myfanwy Myra Myrtle Nadia Nadine Nadeem Naila Nancy Naomi
    Narinder Nasreen Natalia Natalie Natasha Nathan Nathaniel Naveed Neil Nerys Ngozi Nia Niamh Nicholas Nick Nicky
    Nicola Nicole Nigel Nikhil Nikki Nikola Nina Nisha Nkechi Noah Noel Noor Nora Noreen Norma Norman Obinna Oksana
    Olabisi Olamide Oleksandr Olena Olga Oliver Olivia Oluwaseun Omar Omolara Oonagh Orla Oscar Osman Owain Owen
    Oyinkan Padraig Palwinder Pamela Parveen Parminder Pascal Pat Patience Patricia Patrick Patryk Paul Paula Pauline
    Pawel Pearl Pedro Peggy Penelope Penny Percy Peter Petra Phil Philip Philippa Phillip Phoebe Phyllis Pia Pierre
    Piers Piotr Polly Pooja Poppy Prakash Praveen Precious Preeti Priya Priyanka Quentin Rachael Rachel Radha Rafael
    Rahul Raj Rajesh Rajiv Ralph Ramesh Ranjit Raquel Rashid Ravi Ravinder Ray Raymond Razia Rebecca Reena Reggie
    Reginald Rehana Renata Rhian Rhiannon Rhodri Rhona Rhys Ricardo Richard Rick Rita Ritu Rob Robbie Robert Roberta
    Roberto Robin Robyn Roderick Rodney Roger Rohan Roisin Roland Roman Ron Ronald Ronan Ronnie Rory Rosa Rosalind
    Rosamund Rose Rosemary Rosie Ross Rowan Rowena Roxanne Roy Ruby Rukhsana Rupert Russell Ruth Ryan Saad Sabina
    Sabrina Sadia Sadiq Saffron Saima Sajid Salim Sally Salma Sam Samantha Samina Samir Samira Samson Samuel Sandeep
    Sandra Sandy Sanjay Sanjeev Sanjiv Sara Sarah Sasha Satnam Saul Sean Seán Sebastian Seema Selina Serena Seren
    Shabana Shabir Shahid Shakira Shane Shanice Shannon Sharon Shaun Shauna Shazia Sheila Shelagh Shirley Shona
    Shreya Siân Sian Sidney Simon Simone Simran Sinead Sinéad Sioned Siobhan Siobhán Sky Sofia Solomon Sonia Sophia
    Sophie Spencer Stacey Stan Stanislaw Stanley Stefan Stefania Stella Stephanie Stephen Steve Steven Stewart Stuart
    Sue Sukhdeep Sukhi Sunil Sunita Suresh Surinder Susan Susannah Susie Suzanne Sybil Sylvia Syed Szymon Tahir
    Tamara Tamsin Tanisha Tania Tanya Tara Tariq Tasha Tatiana Taylor Ted Temitope Terence Teresa Terri Terry Tessa
    Thandiwe Thea Theo Theodora Theresa Thomas Tia Tim Timothy Tina Tobi Toby Todd Tolu Tom Tomasz Tommy Toni Tony
    Tracey Tracy Trevor Trisha Tristan Trudy Tudor Tunde Tyler Tyrone Uche Una Ursula Usha Usman Valerie Vanessa Vera
    Vernon Veronica Vicky Victor Victoria Vijay Vikram Vincent Viola Violet Virginia Vivek Vivian Vivien Vivienne
    Vladimir Wafa Walter Wanda Waqar Warren Wayne Wei Wendy Wiktoria Wilfred William Winifred Winston Wing-Yan
    Wojciech Xavier Yan Yasir Yasmin Yasmine Yaw Yetunde Yi Ying Yolanda Yosef Yousef Youssef Yusuf Yvette Yvonne
    Zachary Zahra Zainab Zak Zara Zeinab Zeynep Zoe Zoë Zofia Zoltan Zubair Zuzanna
    """
)
